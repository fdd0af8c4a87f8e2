import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { QuickRandom } from '../../src/random/quick-random.ts';
import { imageOf, withoutLesions, type PackedBrains } from '../../src/synthesised/packed-brains.ts';
import { pictureOf, shownSlice } from '../../src/synthesised/pictures.ts';
import {
  averagedScores,
  errorsBySubject,
  scoredResult,
  scoreImages,
  scoreLesions,
  scoreSwap,
  type Scores,
} from '../../src/synthesised/scores.ts';
import { shifted, shiftsOf } from '../../src/synthesised/shifts.ts';

const test = suite('synthesised: scores and shifts');

const IMAGES = ['truth', 'one', 'six', 'PDw', 'T2w', 'brain'] as const;
const [slices, size] = [2, 16];
const each = slices * size * size;
/** Two subjects without and with lesions, on a perfusion of their own. */
const subjects = ['a', 'a', 'a', 'b', 'b', 'b'];
const lesions = ['none', 'seen', 'unseen', 'none', 'seen', 'unseen'] as const;
const truth = Float32Array.from({ length: 6 * each }, (_, i) => {
  const [entry, at] = [Math.floor(i / each), i % each];
  const healthy = 40 + 10 * (entry >= 3 ? Math.sin(at / 3) : Math.cos(at / 5));
  return lesions[entry] !== 'none' && at >= 300 && at < 360 ? 0.4 * healthy : healthy;
});
const brains: PackedBrains = {
  ...{ subjects, lesions, shape: [slices, size, size], pixel: 3 },
  ...{ sigmas: subjects.map(() => 11), weighted: ['PDw', 'T2w'] },
  images: Object.fromEntries(
    IMAGES.map((name) => [name, name === 'brain' ? truth.map(() => 1) : truth.slice()]),
  ) as PackedBrains['images'],
};
const of = (scores: readonly Scores[], measure: string, factors: Scores['factors']): readonly number[] =>
  scores.find(
    (one) =>
      one.measure === measure &&
      Object.entries(factors).every(([factor, value]) => one.factors[factor] === value),
  )!.values;

test('an image that is 10 % too high everywhere has an error of 10 %, of every subject without lesions', () => {
  const scores = scoreImages(
    brains,
    'test',
    withoutLesions(
      brains,
      truth.map((value) => 1.1 * value),
    ),
  );
  for (const value of of(scores, 'rmse_percent', { reference: 'truth' }))
    assert.ok(Math.abs(value - 10) < 1e-4);
  assert.equal(scores[0].subjects, ['a', 'b']);
  assert.equal([...errorsBySubject([scores, scores], 'test', 'six').keys()], ['a', 'b']);
  const rows = scoredResult({ experiment: 'x', method: 'm', factors: {} }, scores).rows;
  assert.equal(
    [rows[0].metric, rows[0].factors, rows[0].unit, rows[0].n],
    ['rmse_percent', { set: 'test', reference: 'six' }, '%', 2],
  );
});

test('of several trainings, the interval is that of the means of each subject', () => {
  const of = (values: readonly number[]): Scores => ({
    ...{ set: 'test', measure: 'rmse_percent', factors: { reference: 'six' } },
    ...{ subjects: ['a', 'b', 'c'], values },
  });
  // Trainings that are 2 apart everywhere, and subjects that are 1 apart: Student's interval of 10, 11 and 12 is 11 +- 4.303 / sqrt(3).
  const [mean] = averagedScores([[of([9, 10, 11])], [of([11, 12, 13])]]);
  assert.equal(
    [mean.subjects, mean.values],
    [
      ['a', 'b', 'c'],
      [10, 11, 12],
    ],
  );
  const [row] = scoredResult({ experiment: 'x', method: 'm', factors: {} }, [mean]).rows;
  assert.is(row.value, 11);
  assert.ok(Math.abs(row.ciHigh - 11 - 4.302653 / Math.sqrt(3)) < 1e-5);
});

test('an image that takes half of the lesion back keeps half of its contrast, whatever else is wrong with it', () => {
  const random = new QuickRandom(1);
  const noise = Array.from({ length: each }, () => 5 * random.gaussian());
  const image = truth.map((value, i) => {
    const entry = Math.floor(i / each);
    const healthy = truth[3 * Math.floor(entry / 3) * each + (i % each)];
    return 0.5 * (value + healthy) + noise[i % each];
  });
  const scores = scoreLesions(brains, 'other', image);
  for (const lesion of ['seen', 'unseen']) {
    for (const value of of(scores, 'lesion_contrast', { lesion }))
      assert.ok(Math.abs(value - 0.5) < 1e-5, `${value}`);
  }
  const { entry, slice } = shownSlice(brains)!;
  assert.equal([entry, slice], [2, 1]);
});

test('an image that takes a third of the other subject’s perfusion leaks a third', () => {
  const own = withoutLesions(brains, truth);
  const [a, b] = [own.subarray(0, each), own.subarray(each)];
  const mixed = Float32Array.from([
    ...a.map((value, i) => value + (b[i] - value) / 3),
    ...b.map((value, i) => value + (a[i] - value) / 3),
  ]);
  const { values } = scoreSwap(brains, 'test', { own, swapped: mixed, shift: 'swapped' });
  for (const value of values) assert.ok(Math.abs(value - 1 / 3) < 1e-5);
  assert.equal([...scoreSwap(brains, 'test', { own, swapped: own, shift: 'swapped' }).values], [0, 0]);
});

test('an image that merely loses contrast under the swap leaks nothing', () => {
  const own = withoutLesions(brains, truth);
  const swapped = own.map((value) => 0.6 * value + 3);
  const { values } = scoreSwap(brains, 'test', { own, swapped, shift: 'swapped' });
  for (const value of values) assert.ok(Math.abs(value) < 1e-5, `${value}`);
});

test('pictures have the patient’s right on the left and the front on top', () => {
  const { entry, slice } = shownSlice(brains)!;
  const image = new Float32Array(truth.length);
  // High x is the patient's right, high y the front.
  image[entry * each + slice * size * size + 12 * size + 14] = 1;
  const about = { experiment: 'x', method: 'm', factors: {} };
  const [{ values, width }] = pictureOf(about, brains, 'test', { image, quantity: 'perfusion' });
  assert.is(values.indexOf(1), (size - 1 - 12) * width + (size - 1 - 14));
});

test('shifts change the weighted images that they name, and nothing else', () => {
  const shifts = shiftsOf(brains);
  assert.equal(
    shifts.map(({ name }) => name),
    ['T2w zeroed', 'PDw and T2w zeroed', 'moved by 6 mm', 'swapped'],
  );
  const before = structuredClone(brains);
  for (const shift of shifts) {
    const after = shifted(brains, shift);
    assert.equal(brains, before);
    for (const name of IMAGES) {
      const changes = shift.images.includes(name as 'PDw');
      assert.is(
        String(imageOf(after, name)) === String(imageOf(brains, name)),
        !changes,
        `${shift.name}: ${name}`,
      );
    }
  }
  const [zeroed, , moved, swapped] = shifts.map((shift) => imageOf(shifted(brains, shift), 'T2w'));
  assert.ok(zeroed.every((value) => value === 0));
  // 6 mm are two pixels of 3 mm, and one and a half of 4 mm.
  assert.equal([moved[0], moved[13], moved[14], moved[15]], [truth[2], truth[15], 0, 0]);
  const wide = imageOf(shifted({ ...brains, pixel: 4 }, shifts[2]), 'T2w');
  const half = [0, 13, 14, 15].map((x) => (truth[x + 1] * Number(x < 15) + (x < 14 ? truth[x + 2] : 0)) / 2);
  assert.equal([wide[0], wide[13], wide[14], wide[15]], half.map(Math.fround));
  assert.equal(swapped.subarray(0, each), truth.subarray(3 * each, 4 * each));
  assert.equal(swapped.subarray(3 * each, 4 * each), truth.subarray(0, each));
});

test.run();
