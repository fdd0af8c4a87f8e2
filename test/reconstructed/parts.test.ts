import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { detectability } from '../../src/image-metrics/detectability.ts';
import { largestDiscMean } from '../../src/image-metrics/largest-disc-mean.ts';
import { QuickRandom } from '../../src/random/quick-random.ts';
import { chooseWeight } from '../../src/reconstructed/choose-weight.ts';
import { channelsFor, freshMeasurement, TARGETS } from '../../src/reconstructed/network-cases.ts';
import { lesionsIn } from '../../src/reconstructed/scores.ts';

const test = suite('reconstructed: weights, lesions, spots');

test('the best weight is found inside a grid that grows towards it, wherever the search begins', () => {
  for (const best of [1e-4, 0.003, 0.01, 0.5]) {
    const tried: number[] = [];
    const { weight, isInside } = chooseWeight((each) => {
      tried.push(each);
      return Math.log(each / best) ** 2;
    }, 0.01);
    assert.ok(isInside && Math.abs(Math.log2(weight / best)) <= 0.25 + 1e-9, `${best}: ${weight}`);
    assert.ok(Math.min(...tried) < weight && Math.max(...tried) > weight);
    assert.is(new Set(tried).size, tried.length, 'each once');
  }
});

test('an error that falls for ever is said to end at the edge', () => {
  assert.is(chooseWeight((each) => 1 / each, 0.01).isInside, false);
  assert.is(chooseWeight((each) => each, 0.01).isInside, false);
});

test('lesions are what changed and touches within a slice', () => {
  // Two slices of 3 x 3: one lesion of three pixels and one of one, which touches only in the next slice or at a corner.
  const change = Float32Array.of(1, 1, 0, 1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 3);
  assert.equal(
    lesionsIn(change, 3, 3).map((lesion) => lesion.sort((a, b) => a - b)),
    [[0, 1, 3], [8], [17]],
  );
});

test('the most conspicuous disc: the mean of a spot, whatever its sign, and only within the brain', () => {
  const [width, height] = [12, 10];
  const image = new Float32Array(2 * width * height);
  const within = new Float32Array(image.length).fill(1);
  // A cross of five pixels, which is a disc of radius 1, in the second slice.
  for (const at of [0, -1, 1, -width, width]) image[width * height + 4 * width + 5 + at] = -2;
  assert.is(largestDiscMean(image, within, { width, height, radius: 1 }), 2);
  assert.ok(Math.abs(largestDiscMean(image, within, { width, height, radius: 2 }) - 10 / 13) < 1e-6);
  within[width * height + 4 * width + 5] = 0;
  assert.ok(largestDiscMean(image, within, { width, height, radius: 1 }) < 2);
  assert.is(largestDiscMean(image, within.fill(0), { width, height, radius: 1 }), 0);
});

test('detectability of scores from two normal distributions is the distance of their means in standard deviations', () => {
  const random = new QuickRandom(5);
  const [without, present] = [new Float64Array(40_000), new Float64Array(40_000)];
  random.fillGaussian(without);
  random.fillGaussian(present);
  const d = detectability([...without], [...present.map((value) => 2 * value + 3)]);
  // 3 / sqrt((1 + 4) / 2).
  assert.ok(Math.abs(d - 3 / Math.sqrt(2.5)) < 0.03, `${d}`);
  assert.equal(detectability([0, 2], [5, 7]), 5 / Math.sqrt(2));
  assert.ok(Number.isNaN(detectability([1], [2, 3])));
});

test('fresh measurements take accelerations with the probabilities asked for', () => {
  const [height, width, n] = [16, 2, 3000];
  const given = { height, width, coils: 1, accelerations: [2, 8], center: 2, sigma: 0.1, mirror: true };
  for (const [emphasis, eighths] of [
    [0, 0.5],
    [1, 0.8],
  ]) {
    const inputs = new Float32Array(n * height * width * channelsFor(1)).fill(1);
    const targets = new Float32Array(n * height * width * TARGETS).fill(1);
    freshMeasurement({ ...given, emphasis })({ n, inputs, targets }, new QuickRandom(3), []);
    let found = 0;
    for (let i = 0; i < n; i++) if (inputs[i * height * width * channelsFor(1) + 3] === 1) found++;
    // Four standard errors of a share.
    assert.ok(Math.abs(found / n - eighths) < 4 * Math.sqrt((eighths * (1 - eighths)) / n), `${found}`);
  }
});

test.run();
