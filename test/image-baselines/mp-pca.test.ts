import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { mpPca } from '../../src/image-baselines/mp-pca.ts';
import { QuickRandom } from '../../src/random/quick-random.ts';

const test = suite('image baselines: MP-PCA');

const shape = [9, 8, 6] as const;
const voxels = 9 * 8 * 6;
const volumes = 10;
/** Voxels, b-values and what dipy's `mppca` makes of them, dipy 1.9, in double precision. */
const DIPY_2 = [
  [0, 0, 0, 0, 98.61650506156934],
  [4, 4, 3, 0, 117.88117999313118],
  [4, 4, 3, 5, 21.91470828133741],
  [8, 7, 5, 9, 17.919132899511844],
  [2, 6, 1, 3, 53.18392273203666],
  [7, 1, 4, 7, 8.682020691475866],
  [5, 3, 2, 1, 95.41463443291407],
] as const;
const DIPY_1 = [
  [0, 0, 0, 0, 98.58497201210099],
  [4, 4, 3, 0, 118.81630047546042],
  [4, 4, 3, 5, 22.662833219733987],
  [8, 7, 5, 9, 17.244228673573854],
  [2, 6, 1, 3, 52.8111254607352],
  [7, 1, 4, 7, 8.738805805143375],
  [5, 3, 2, 1, 96.04696455313872],
] as const;

/** What dipy was given: two smooth components and something like noise, without any random number. */
const series = Float32Array.from({ length: volumes * voxels }, (_, at) => {
  const [b, i] = [Math.floor(at / voxels), at % voxels];
  const [x, y, z] = [i % 9, Math.floor(i / 9) % 8, Math.floor(i / 72)];
  const noise = 43758.5453 * Math.sin(12.9898 * x + 78.233 * y + 37.719 * z + 4.581 * b);
  return (
    100 * Math.exp(-0.2 * b * (1 + 0.05 * x)) +
    20 * Math.sin(y / 2) * Math.cos(0.4 * b) +
    12 * (noise - Math.floor(noise) - 0.5)
  );
});
const at = (values: Float32Array, x: number, y: number, z: number, b: number): number =>
  values[b * voxels + x + 9 * (y + 8 * z)];

test('it gives what dipy gives', () => {
  for (const [radius, expected] of [
    [2, DIPY_2],
    [1, DIPY_1],
  ] as const) {
    const out = mpPca(series, { shape, volumes }, radius);
    for (const [x, y, z, b, value] of expected) {
      const found = at(out, x, y, z, b);
      assert.ok(Math.abs(found - value) < 2e-4, `${x} ${y} ${z} ${b}: ${found}, not ${value}`);
    }
  }
});

test('of a signal of one component, it takes most of the noise away, and nothing of the signal', () => {
  const random = new QuickRandom(4);
  const clean = Float32Array.from({ length: volumes * voxels }, (_, i) => {
    const [b, place] = [Math.floor(i / voxels), i % voxels];
    return 200 + 50 * Math.sin(place / 5) * Math.cos(b / 2);
  });
  const noisy = clean.map((value) => value + 5 * random.gaussian());
  const before = noisy.slice();
  const out = mpPca(noisy, { shape, volumes }, 2);
  assert.equal(noisy, before);
  const error = (values: Float32Array) =>
    Math.sqrt(values.reduce((sum, value, i) => sum + (value - clean[i]) ** 2, 0) / clean.length);
  // One component and the mean are kept, of ten volumes: some sqrt(1/10) of the noise, and a little for the mean.
  assert.ok(error(out) < 0.42 * error(noisy), `${error(out)} of ${error(noisy)}`);
});

test('a series without noise stays as it is, and one of zeros is 0', () => {
  const plain = Float32Array.from(
    { length: volumes * voxels },
    (_, i) => 3 + (i % voxels) * Math.floor(i / voxels),
  );
  mpPca(plain, { shape, volumes }, 1).forEach((value, i) =>
    assert.ok(Math.abs(value - plain[i]) < 1e-3 * Math.max(1, plain[i]), `${value}, not ${plain[i]}`),
  );
  assert.ok(mpPca(new Float32Array(volumes * voxels), { shape, volumes }, 1).every((value) => value === 0));
});

test('windows that do not fit are refused, and an axis of one voxel has none', () => {
  assert.throws(
    () => mpPca(series, { shape, volumes }, 3),
    /windows of 7 x 7 x 7 voxels do not fit into 9 x 8 x 6/,
  );
  const slice = series.slice(0, 72 * volumes);
  assert.is(mpPca(slice, { shape: [9, 8, 1], volumes }, 2).length, slice.length);
});

test.run();
