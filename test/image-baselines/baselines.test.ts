import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { imageFeatures } from '../../src/image-baselines/features.ts';
import { fitLogistic, logisticProbability } from '../../src/image-baselines/logistic-regression.ts';
import { QuickRandom } from '../../src/random/quick-random.ts';

const test = suite('image baselines');

function sample(n: number, seed: number): { features: number[][]; positive: number[] } {
  const random = new QuickRandom(seed);
  const features = Array.from({ length: n }, () => [random.gaussian(), 5 + 2 * random.gaussian()]);
  const positive = features.map(([a, b]) => {
    const x = 0.5 + a - 0.8 * (b - 5);
    return Number(random.uniform() < 1 / (1 + Math.exp(-x)));
  });
  return { features, positive };
}

test('the weights are where the gradient of the penalised likelihood is 0', () => {
  const { features, positive } = sample(300, 1);
  const { mean, sd, weights } = fitLogistic(features, positive);
  const residuals = features.map((row, i) => logisticProbability({ mean, sd, weights }, row) - positive[i]);
  const gradient = [
    residuals.reduce((sum, each) => sum + each, 0),
    ...[0, 1].map(
      (j) =>
        residuals.reduce((sum, each, i) => sum + (each * (features[i][j] - mean[j])) / sd[j], 0) +
        weights[j + 1],
    ),
  ];
  for (const each of gradient) assert.ok(Math.abs(each) < 1e-6, gradient.join());
});

test('with many cases the true coefficients come out, within four standard errors', () => {
  const { features, positive } = sample(40_000, 2);
  const { sd, weights } = fitLogistic(features, positive);
  // The information per case is at most 1/4, here about .17 on average: standard errors below .02.
  assert.ok(Math.abs(weights[1] / sd[0] - 1) < 0.08);
  assert.ok(Math.abs(weights[2] / sd[1] + 0.8) < 0.08);
});

test('units do not matter, and classes that can be separated give finite weights', () => {
  const { features, positive } = sample(100, 3);
  const one = fitLogistic(features, positive);
  const other = fitLogistic(
    features.map(([a, b]) => [1e-6 * a, 100 * b + 7]),
    positive,
  );
  features.forEach(([a, b]) => {
    const [p, q] = [logisticProbability(one, [a, b]), logisticProbability(other, [1e-6 * a, 100 * b + 7])];
    assert.ok(Math.abs(p - q) < 1e-9);
  });
  const apart = fitLogistic([[1], [2], [3], [4]], [0, 0, 1, 1]);
  assert.ok(apart.weights.every(Number.isFinite) && apart.weights[1] > 0);
  const constant = fitLogistic([[1], [1], [1], [1]], [0, 1, 1, 1]);
  assert.ok(Math.abs(logisticProbability(constant, [1]) - 0.75) < 1e-6);
});

test('features of a ramp: its mean, its standard deviation and its slope; background has no part', () => {
  // x + 10 over 5 x 4 x 3 voxels in the second of two channels, and a background of 0 in the first column.
  const [nx, ny, nz] = [5, 4, 3];
  const image = new Float32Array(2 * nx * ny * nz);
  for (let i = 0; i < nx * ny * nz; i++) image[2 * i + 1] = i % nx === 0 ? 0 : 10 + (i % nx);
  const [mean, sd, gradient] = imageFeatures(image, 1, 2, [nz, ny, nx]);
  assert.ok(Math.abs(mean - 12.5) < 1e-6);
  assert.ok(Math.abs(sd - Math.sqrt(1.25)) < 1e-6);
  // Central differences along x: (12 - 0) / 2 next to the background, 1, 1, and none at the edge.
  assert.ok(Math.abs(gradient - (6 + 1 + 1 + 0) / 4) < 1e-6, `${gradient}`);
  assert.equal(imageFeatures(new Float32Array(2 * 60), 1, 2, [nz, ny, nx]), [0, 0, 0]);
});

test.run();
