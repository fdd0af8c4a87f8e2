import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { augmentationSetting } from '../../src/learning/augmentation.ts';
import { chooseBackend } from '../../src/learning/backends.ts';
import { QuickRandom } from '../../src/random/quick-random.ts';
import { augmentLabelled } from '../../src/segmented/augment-labelled.ts';
import { requireEveryRegion } from '../../src/segmented/channels.ts';
import type { SegmentedConfig } from '../../src/segmented/config.ts';
import { learntMaps, shuffledMaps } from '../../src/segmented/label-maps.ts';
import {
  decodeAbdomens,
  encodeAbdomens,
  type PackedAbdomens,
  type Person,
} from '../../src/segmented/packed-abdomens.ts';
import { foldsOf, namesOf } from '../../src/segmented/plan.ts';
import { SEGMENTATION_LOSSES } from '../../src/segmented/segmentation-losses.ts';
import { scoreLabels } from '../../src/segmented/scores.ts';
import { largestClass, scanCases, sliceCases } from '../../src/segmented/slice-cases.ts';
import { someVoxels, voxelCases } from '../../src/segmented/voxel-cases.ts';
import { near } from '../agreement/near.ts';

const test = suite('segmented: parts');

const inputs = { bValues: [0, 400], neighbours: 1 };
/** Two slices of three by two; at b=0 the number of the voxel, and 100 more at b=400. */
const person = (name: string, shape: readonly [number, number, number] = [3, 2, 2]): Person => {
  const each = shape[0] * shape[1] * shape[2];
  const map = (of: (i: number) => number) => Uint8Array.from({ length: each }, (_, i) => of(i));
  return {
    ...{ name, grid: { shape, voxel: [1, 1, 1] } },
    series: Float32Array.from({ length: 2 * each }, (_, i) => (i % each) + 1 + (i < each ? 0 : 100)),
    labels: new Map([
      ['truth', map((i) => i % 3)],
      ['reader1', map((i) => i % 2)],
      ['reader2', map(() => 1)],
    ]),
  };
};
const packed: PackedAbdomens = {
  ...{ bValues: [0, 400], regions: ['a', 'b'] },
  people: [person('one'), person('two'), person('three')],
};

test('nobody is in two sets of a fold, and everyone is tested once, whatever the study', () => {
  const random = new QuickRandom(3);
  for (let i = 0; i < 200; i++) {
    const people = 4 + Math.floor(40 * random.uniform());
    const folds = 2 + Math.floor((Math.min(people, 10) - 1) * random.uniform());
    const most = people - Math.ceil(people / folds) - 1;
    const validation = 1 + Math.floor(most * random.uniform());
    const study = { seed: i, folds, validation, data: { virtual: { people } } } as unknown as SegmentedConfig;
    const divided = foldsOf(study);
    assert.is(divided.length, folds);
    for (const { training, validation: chosen, test: tested } of divided) {
      const all = [...training, ...chosen, ...tested];
      assert.is(new Set(all).size, people);
      assert.is(all.length, people);
      assert.is(chosen.length, validation);
      assert.ok(training.length > 0 && tested.length > 0);
    }
    assert.equal(divided.flatMap((fold) => fold.test).sort(), namesOf(people).sort());
  }
});

test('a slice has the volumes of its neighbours as channels, the last slice standing for those beyond', () => {
  const cases = sliceCases(packed, [packed.people[0]], inputs, (who) => learntMaps(who, 'readers'));
  assert.equal([cases.n, cases.shape], [2, [2, 3, 6]]);
  assert.equal([...cases.inputs.slice(0, 6)], [1, 101, 1, 101, 7, 107]);
  // Voxel 1 of slice 0: the first reader has region 1 there, as the second does; at voxel 0 they disagree.
  assert.equal([...cases.targets.slice(0, 6)], [0.5, 0.5, 0, 0, 1, 0]);
  const true_ = sliceCases(packed, [packed.people[0]], inputs, (who) => learntMaps(who, 'truth'));
  assert.equal([...largestClass(true_.targets, 3)], [...packed.people[0].labels.get('truth')!]);
});

test('a scan of another size, a b-value it lacks, and a region without an example are refused', () => {
  const none = () => [];
  assert.throws(
    () => sliceCases(packed, [person('one'), person('large', [4, 2, 2])], inputs, none),
    /^large: has slices of 4 x 2 voxels; allowed: 3 x 2/,
  );
  assert.throws(
    () => sliceCases(packed, [person('large', [4, 2, 2])], inputs, none, [2, 3, 6]),
    /^large: has slices of 4 x 2 voxels; allowed: 3 x 2/,
  );
  const more = { ...inputs, bValues: [0, 800] };
  const message = /^one: has no volume at b=800, which the network is given; it has b = 0, 400 s\/mm²$/;
  assert.throws(() => sliceCases(packed, [person('one')], more, none), message);
  const voxel = { bValues: [800], reach: 0, position: false };
  assert.throws(() => voxelCases(packed, person('one'), [0], voxel, []), /has no volume at b=800/);
  requireEveryRegion(['a'], [Uint8Array.of(0), Uint8Array.of(1)]);
  assert.throws(
    () => requireEveryRegion(['a', 'b'], [Uint8Array.of(0, 1)]),
    /no voxel of b in the label maps/,
  );
});

test('a scan is its slices on top of each other; in an augmentation they move together', () => {
  const labels = (who: Person) => learntMaps(who, 'truth');
  const scans = scanCases(packed, packed.people, inputs, labels);
  const slices = sliceCases(packed, packed.people, { ...inputs, neighbours: 0 }, labels);
  assert.equal([scans.n, scans.shape], [3, [2, 2, 3, 2]]);
  assert.equal([scans.inputs, scans.targets], [slices.inputs, slices.targets]);
  const flat = person('flat', [3, 2, 1]);
  const message = /^flat: has 1 slices; allowed: 2, as the network is trained on$/;
  assert.throws(() => scanCases(packed, [person('one'), flat], inputs, labels), message);
  const options = augmentationSetting.parse({ flip: [0, 1], shift: 1, noise: 0, gain: 0 });
  const random = new QuickRandom(9);
  for (let k = 0; k < 20; k++) {
    // The same image in both slices.
    const image = Array.from({ length: 30 }, (_, i) => 1 + (i % 2));
    const batch = {
      ...{ n: 1, inputs: Float32Array.from([...image, ...image]) },
      targets: Float32Array.from(
        image.concat(image).flatMap((label) => [0, Number(label === 1), Number(label === 2)]),
      ),
    };
    augmentLabelled([2, 6, 5, 1], 3, options, 0)(batch, random, [0]);
    assert.equal(batch.inputs.slice(0, 30), batch.inputs.slice(30));
    assert.equal([...largestClass(batch.targets, 3)], [...batch.inputs]);
  }
});

test('on request the last channels are the place, in decimetres from the middle of the field of view', () => {
  const one = { ...person('one'), grid: { shape: [3, 2, 2], voxel: [10, 20, 30] } } as Person;
  const given = { ...inputs, neighbours: 0, position: true };
  const { shape, inputs: values } = sliceCases(packed, [one], given, () => []);
  assert.equal(shape, [2, 3, 5]);
  assert.equal(values.slice(0, 5), Float32Array.of(1, 101, -0.1, -0.1, -0.15));
  assert.equal(values.slice(-5), Float32Array.of(12, 112, 0.1, 0.1, 0.15));
  assert.equal(scanCases(packed, [one], given, () => []).inputs, values);
});

test('an augmentation moves places with the image, and leaves their values', () => {
  const options = augmentationSetting.parse({ flip: [], shift: 1, noise: 1, gain: 0.5 });
  const random = new QuickRandom(3);
  for (let k = 0; k < 20; k++) {
    const image = Float32Array.from({ length: 75 }, (_, i) => (i % 3 === 0 ? 5 : 1 + Math.floor(i / 3)));
    const targets = new Float32Array(50).map((_, i) => i % 2);
    augmentLabelled([5, 5, 3], 2, options, 2)({ n: 1, inputs: image, targets }, random, [0]);
    const places = Array.from({ length: 25 }, (_, i) => image[3 * i + 1]);
    // Those of the neighbour that was moved here, or 0 where nothing was.
    const moved = places.flatMap((place, i) => (place === 0 ? [] : [place - (1 + i)]));
    assert.is(new Set(moved).size, 1);
    for (let i = 0; i < 25; i++) {
      assert.is(image[3 * i + 2], places[i]);
      // What comes in at an edge is background.
      assert.is(targets[2 * i + 1], places[i] === 0 ? 0 : 1);
      assert.is.not(image[3 * i], 5);
    }
  }
});

test('a voxel has its intensities, those of its neighbours, and its place', () => {
  const given = { bValues: [400], reach: 1, position: true };
  const { shape, inputs: values } = voxelCases(packed, person('one'), [0], given, []);
  assert.equal(shape, [12]);
  assert.equal([...values], [101, 101, 102, 101, 101, 102, 104, 104, 105, -1, -1, -1]);
  const drawn = someVoxels(person('one'), 8, new QuickRandom(1));
  assert.is(new Set(drawn).size, 8);
  assert.is(someVoxels(person('one'), 100, new QuickRandom(1)).length, 12);
});

test('images and label maps move alike; what comes in is background; shares stay shares', () => {
  const options = augmentationSetting.parse({ flip: [1], shift: 2, noise: 0, gain: 0 });
  const random = new QuickRandom(5);
  // The image is the label, and 0 in the background.
  const labels = Uint8Array.from({ length: 36 }, (_, i) => (i * 7) % 3);
  for (let k = 0; k < 50; k++) {
    const batch = {
      ...{ n: 1, inputs: Float32Array.from(labels) },
      targets: Float32Array.from({ length: 108 }, (_, i) => Number(labels[Math.floor(i / 3)] === i % 3)),
    };
    augmentLabelled([6, 6, 1], 3, options, 0)(batch, random, [0]);
    assert.equal([...largestClass(batch.targets, 3)], [...batch.inputs]);
    for (let i = 0; i < 36; i++) {
      near(batch.targets[3 * i] + batch.targets[3 * i + 1] + batch.targets[3 * i + 2], 1, 1e-6);
    }
  }
  const noisy = { n: 1, inputs: new Float32Array(36), targets: new Float32Array(108).fill(1 / 3) };
  augmentLabelled([6, 6, 1], 3, { ...options, noise: 1 }, 0)(noisy, random, [0]);
  assert.ok(noisy.inputs.every((value) => value !== 0));
});

test('a warp moves images and shares of label maps alike', () => {
  const options = augmentationSetting.parse({ warp: 1.5 });
  const random = new QuickRandom(6);
  for (let k = 0; k < 20; k++) {
    const labels = Uint8Array.from({ length: 400 }, () => (random.uniform() < 0.3 ? 1 : 0));
    const targets = Float32Array.from({ length: 800 }, (_, i) => Number(labels[i >> 1] === i % 2));
    const batch = { n: 1, inputs: Float32Array.from(labels), targets };
    augmentLabelled([20, 20, 1], 2, options, 0)(batch, random, [0]);
    assert.ok(batch.inputs.some((value) => value > 0 && value < 1));
    for (let i = 0; i < 400; i++) {
      near(batch.targets[2 * i + 1], batch.inputs[i], 1e-6);
      near(batch.targets[2 * i], 1 - batch.inputs[i], 1e-6);
    }
  }
});

test('a warp moves all slices of a scan alike', () => {
  const random = new QuickRandom(7);
  const image = Array.from({ length: 400 }, () => Number(random.uniform() < 0.3));
  const both = [...image, ...image];
  const targets = Float32Array.from(both.flatMap((label) => [1 - label, label]));
  const batch = { n: 1, inputs: Float32Array.from(both), targets };
  augmentLabelled([2, 20, 20, 1], 2, augmentationSetting.parse({ warp: 1.5 }), 0)(batch, random, [0]);
  assert.equal(batch.inputs.slice(0, 400), batch.inputs.slice(400));
  assert.equal(batch.targets.slice(0, 800), batch.targets.slice(800));
  assert.ok(batch.inputs.some((value) => value > 0 && value < 1));
});

test('label maps are those of someone else, each once', () => {
  const people = namesOf(7).map((name, i): Person => ({
    ...person(name),
    labels: new Map([['truth', Uint8Array.of(i)]]),
  }));
  const given = shuffledMaps(people, 11).map(({ labels }) => labels.get('truth')![0]);
  assert.equal([...given].sort(), [0, 1, 2, 3, 4, 5, 6]);
  assert.ok(given.every((from, i) => from !== i));
});

test('losses: cross-entropy of even odds is log 2; Dice is 1 less the mean of the regions; both is their sum', async () => {
  const { backend } = await chooseBackend('cpu');
  const { tf } = backend;
  const value = (name: 'cross-entropy' | 'dice' | 'both', outputs: number[][], targets: number[][]) =>
    SEGMENTATION_LOSSES[name].loss(tf, tf.tensor(outputs), tf.tensor(targets)).dataSync()[0];
  const even = [
    [0, 0],
    [0, 0],
  ];
  const known = [
    [0, 1],
    [1, 0],
  ];
  near(value('cross-entropy', even, known), Math.log(2), 1e-6);
  // Probabilities of one half: (2 x .5 + 1) / (1 + 1 + 1).
  near(value('dice', even, known), 1 - 2 / 3, 1e-6);
  near(value('both', even, known), Math.log(2) + 1 / 3, 1e-6);
  const sure = known.map((row) => row.map((each) => 40 * each));
  near(value('dice', sure, known), 0, 1e-6);
  // Two regions, one in place of the other: Dice is (0 + 1) / (1 + 0 + 1) in both.
  near(
    value(
      'dice',
      [
        [0, 40, 0],
        [40, 0, 0],
      ],
      [
        [0, 0, 1],
        [1, 0, 0],
      ],
    ),
    0.5,
    1e-6,
  );
});

test('people come back from their files as they were', () => {
  assert.equal(decodeAbdomens(encodeAbdomens(packed)), packed);
});

test('a region that is marked by nobody has no Dice, one that only one marks has 0 and no distance', () => {
  const [one] = packed.people;
  const all = scoreLabels({ regions: ['a', 'b', 'c'] }, one, new Uint8Array(12), ['truth']);
  assert.equal(
    all.map(({ region, dice, hd95 }) => [region, dice, hd95]),
    [
      ['a', 0, NaN],
      ['b', 0, NaN],
      ['c', NaN, NaN],
    ],
  );
  const [same] = scoreLabels(packed, one, one.labels.get('reader1')!, ['reader1']);
  assert.equal([same.dice, same.hd95, same.surfaceDistance], [1, 0, 0]);
});

test.run();
