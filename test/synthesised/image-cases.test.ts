import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Batch } from '../../src/contracts/learner.ts';
import { kindsOf } from '../../src/synthesised/data-cells.ts';
import {
  acquiredNoise,
  freshNoise,
  imageCases,
  orient,
  orientedBack,
  ORIENTATIONS,
  perfusionUnit,
} from '../../src/synthesised/image-cases.ts';
import {
  decodeBrains,
  encodeBrains,
  noiseOf,
  type PackedBrains,
} from '../../src/synthesised/packed-brains.ts';
import { everyPlace } from '../../src/learning/cases.ts';
import { QuickRandom } from '../../src/random/quick-random.ts';

const test = suite('synthesised: cases and their noise');

const size = 16;
const pixels = size * size;
const slices = 2;
const entries = 3;
const IMAGES = ['truth', 'one', 'six', 'PDw', 'T2w', 'brain'] as const;
const brains: PackedBrains = {
  subjects: ['a', 'b', 'b'],
  lesions: ['none', 'none', 'seen'],
  shape: [slices, size, size],
  pixel: 3,
  sigmas: [3, 4, 5],
  weighted: ['PDw', 'T2w'],
  images: Object.fromEntries(
    IMAGES.map((name, k) => [
      name,
      Float32Array.from({ length: entries * slices * pixels }, (_, i) => 10 * (k + 1) + (i % 7)),
    ]),
  ) as PackedBrains['images'],
};
const plain = { inputAmongSix: false, target: 'truth', turn: false, drop: 0 } as const;
const UNIT = 50;

test('subjects come back from their files as they were', () => {
  assert.equal(decodeBrains(encodeBrains(brains)), brains);
  // sqrt((9 + 16 + 25) / 3).
  assert.ok(Math.abs(noiseOf(brains) - 4.08248290463863) < 1e-12);
  assert.throws(() => decodeBrains(new Map()), /subjects\.json of a stored result: not there/);
});

test('slices of the entries that are asked for, channel by channel, perfusion in its unit', () => {
  const { n, shape, inputs, targets } = imageCases(brains, [2, 0], {
    perfusion: 'one',
    weighted: ['PDw', 'T2w'],
    target: 'six',
    unit: UNIT,
  });
  assert.equal([n, shape], [4, [size, size, 3]]);
  const { one, six } = brains.images;
  const [PDw, T2w] = [brains.images.PDw!, brains.images.T2w!];
  // The first slice is the first one of entry 2, the third that of entry 0.
  for (const [slice, from] of [
    [0, 2 * slices * pixels],
    [2, 0],
  ]) {
    for (const i of [0, 5, pixels - 1]) {
      const at = (slice * pixels + i) * 3;
      const expected = [one[from + i] / UNIT, PDw[from + i], T2w[from + i]].map(Math.fround);
      assert.equal([...inputs.subarray(at, at + 3)], expected);
      assert.is(targets[slice * pixels + i], Math.fround(six[from + i] / UNIT));
    }
  }
  const alone = imageCases(brains, [0], { perfusion: 'one', weighted: [], target: 'six', unit: UNIT });
  assert.equal(alone.shape, [size, size, 1]);
});

test('eight orientations of a slice are all there are, and the channels stay together', () => {
  const square = Float32Array.from({ length: 2 * 9 }, (_, i) => (i % 2 === 0 ? i / 2 : -(i - 1) / 2));
  const found = new Set<string>();
  for (let orientation = 0; orientation < ORIENTATIONS; orientation++) {
    const values = square.slice();
    orient(values, 3, 2, orientation);
    for (let i = 0; i < 9; i++) assert.is(values[2 * i + 1] + values[2 * i], 0);
    assert.equal([...values].sort(), [...square].sort());
    found.add(String(values));
    orient(values, 3, 2, orientedBack(orientation));
    assert.equal(values, square, `${orientation} and back`);
  }
  assert.is(found.size, 8);
});

/** Many slices of a constant, so that the noise is all there is. */
const batchOf = (n: number): Batch => ({
  n,
  inputs: new Float32Array(n * pixels * 3).fill(1),
  targets: new Float32Array(n * pixels).fill(1),
});
const sd = (values: ArrayLike<number>): number => {
  const all = Array.from(values);
  const mean = all.reduce((a, b) => a + b, 0) / all.length;
  return Math.sqrt(all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length);
};
const channel = (values: Float32Array, which: number): Float32Array =>
  values.filter((_, i) => i % 3 === which);

test('the noise of one repetition, and of the mean of six, with and without the one among them', () => {
  const n = 200; // 51,200 pixels: standard errors below .4 % of a standard deviation
  const sigma = 0.24;
  for (const inputAmongSix of [false, true]) {
    const batch = batchOf(n);
    freshNoise({ ...plain, shape: [size, size, 3], inputAmongSix, target: 'six' }, sigma)(
      batch,
      new QuickRandom(3),
      everyPlace(n),
    );
    const one = channel(batch.inputs, 0);
    assert.ok(Math.abs(sd(one) / sigma - 1) < 0.016);
    assert.ok(Math.abs(sd(batch.targets) / (sigma / Math.sqrt(6)) - 1) < 0.016);
    // E[one x six] is a sixth of the variance of one where it is among the six, else 0; the standard error of the mean of products is
    // sigma² / sqrt(6 x 51,200).
    const product = one.reduce((sum, value, i) => sum + (value - 1) * (batch.targets[i] - 1), 0) / one.length;
    const expected = inputAmongSix ? sigma ** 2 / 6 : 0;
    assert.ok(Math.abs(product - expected) < (4 * sigma ** 2) / Math.sqrt(6 * 51_200), `${product}`);
    assert.is(sd(channel(batch.inputs, 1)), 0);
  }
  const truth = batchOf(2);
  freshNoise({ ...plain, shape: [size, size, 3] }, sigma)(truth, new QuickRandom(3), [0, 1]);
  assert.ok(truth.targets.every((value) => value === 1));
});

test('weighted images are left out one by one, with the probability that is given, and perfusion never', () => {
  const n = 400;
  const batch = batchOf(n);
  freshNoise({ ...plain, shape: [size, size, 3], drop: 0.3 }, 1e-6)(batch, new QuickRandom(5), everyPlace(n));
  const kinds = { PDw: 0, T2w: 0, both: 0 };
  for (let i = 0; i < n; i++) {
    const [first, second] = [1, 2].map((c) => batch.inputs[i * pixels * 3 + c] === 0);
    kinds.PDw += Number(first);
    kinds.T2w += Number(second);
    kinds.both += Number(first && second);
    assert.ok(batch.inputs[i * pixels * 3] > 0.9);
  }
  // Binomial: standard deviation sqrt(400 x .3 x .7) = 9.2, and sqrt(400 x .09 x .91) = 5.7.
  assert.ok(Math.abs(kinds.PDw - 120) < 37 && Math.abs(kinds.T2w - 120) < 37, JSON.stringify(kinds));
  assert.ok(Math.abs(kinds.both - 36) < 23, JSON.stringify(kinds));
});

test('acquired repetitions: each is given about as often as the others, and its target is the mean of the six others', () => {
  for (const inputAmongSix of [false, true]) {
    const count = inputAmongSix ? 6 : 7;
    // Repetition r of slice s of entry e holds the one number 100 e + 10 s + r everywhere.
    const repetitions = Float32Array.from({ length: entries * count * slices * pixels }, (_, i) => {
      const at = Math.floor(i / pixels);
      const [slice, repetition, entry] = [
        at % slices,
        Math.floor(at / slices) % count,
        Math.floor(at / (slices * count)),
      ];
      return 100 * entry + 10 * slice + repetition;
    });
    const acquired = { ...brains, images: { ...brains.images, repetitions } };
    const vary = acquiredNoise(
      { ...plain, shape: [size, size, 3], inputAmongSix, target: 'six' },
      acquired,
      UNIT,
    );
    const random = new QuickRandom(9);
    const given = new Array<number>(count).fill(0);
    for (let turn = 0; turn < 200; turn++) {
      const places = [turn % (entries * slices), 3];
      const batch = batchOf(2);
      vary(batch, random, places);
      places.forEach((place, i) => {
        const [entry, slice] = [Math.floor(place / slices), place % slices];
        const level = 100 * entry + 10 * slice;
        const one = batch.inputs[i * pixels * 3] * UNIT - level;
        given[Math.round(one)]++;
        const sum = (count * (count - 1)) / 2;
        const mean = level + (inputAmongSix ? sum : sum - Math.round(one)) / 6;
        assert.ok(Math.abs(batch.targets[i * pixels + 5] * UNIT - mean) < 1e-3);
        assert.is(batch.inputs[i * pixels * 3 + 1], 1);
      });
    }
    // Binomial: 400 / 7 = 57 with a standard deviation of 7.
    for (const times of given) assert.ok(Math.abs(times - 400 / count) < 30, String(given));
  }
});

test('networks see perfusion with its mean over the brains at 1', () => {
  const { six, brain } = brains.images;
  const half = brain.map((_, i) => Number(i % 2 === 0));
  const mean = six.filter((_, i) => i % 2 === 0).reduce((a, b) => a + b, 0) / (six.length / 2);
  const found = perfusionUnit({ ...brains, images: { ...brains.images, brain: half } });
  assert.ok(Math.abs(found / mean - 1) < 1e-6);
});

test('as many subjects have lesions, and as many of these unseen ones, as the shares say', () => {
  const kinds = (n: number, share: number, unseen: number) =>
    Array.from({ length: n }, (_, i) => kindsOf(i, { share, unseen })[0]).join(' ');
  assert.is(kinds(4, 1, 0.5), 'seen unseen seen unseen');
  assert.is(kinds(4, 0.5, 0.5), 'none seen none unseen');
  assert.is(kinds(3, 0, 0.5), 'none none none');
  assert.is(kinds(3, 1, 1), 'unseen unseen unseen');
  const ten = kinds(10, 1, 0.7).split(' ');
  assert.is(ten.filter((kind) => kind === 'unseen').length, 7);
});

test.run();
