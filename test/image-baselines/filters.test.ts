import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { gaussianFilter } from '../../src/image-baselines/gaussian.ts';
import { nonLocalMeans } from '../../src/image-baselines/non-local-means.ts';
import { totalVariation } from '../../src/image-baselines/total-variation.ts';
import { QuickRandom } from '../../src/random/quick-random.ts';

const test = suite('image baselines: filters');

const slice = { width: 24, height: 20 };
const pixels = slice.width * slice.height;
/** What SciPy and scikit-image were given. */
const image = Float32Array.from({ length: pixels }, (_, i) => {
  const [x, y] = [i % slice.width, Math.floor(i / slice.width)];
  return 50 + 30 * Math.sin(x / 3) * Math.cos(y / 4) + 8 * Math.sin(1.7 * x + 2.3 * y);
});
const at = (values: Float32Array, x: number, y: number): number => values[y * slice.width + x];
const close = (found: number, expected: number, tolerance: number): void =>
  assert.ok(Math.abs(found - expected) <= tolerance, `${found}, not ${expected}`);

const filters = {
  gaussian: (values: Float32Array) => gaussianFilter(values, slice, 1.2),
  'non-local means': (values: Float32Array) => nonLocalMeans(values, slice, { strength: 0.8, sigma: 5 }),
  'total variation': (values: Float32Array) => totalVariation(values, slice, 4),
};

for (const [name, filter] of Object.entries(filters)) {
  test(`${name}: a constant stays as it is, slices don’t mix, and the input is left alone`, () => {
    const constant = new Float32Array(pixels).fill(7);
    for (const value of filter(constant)) close(value, 7, 1e-5);
    const before = image.slice();
    const alone = filter(image);
    assert.equal(image, before);
    const stacked = filter(Float32Array.from([...constant, ...image]));
    assert.equal(stacked.subarray(pixels), alone);
  });

  test(`${name}: noise on a constant gets smaller`, () => {
    const random = new QuickRandom(2);
    const noisy = new Float32Array(pixels).map(() => 50 + 5 * random.gaussian());
    const spread = (values: Float32Array) =>
      Math.sqrt(values.reduce((sum, value) => sum + (value - 50) ** 2, 0) / pixels);
    assert.ok(spread(filter(noisy)) < 0.6 * spread(noisy));
  });
}

test('the Gaussian is SciPy’s away from the edges', () => {
  // scipy.ndimage.gaussian_filter(image, 1.2, truncate=3), SciPy 1.17.
  const out = filters.gaussian(image);
  close(at(out, 12, 10), 66.04308300341953, 1e-4);
  close(at(out, 9, 8), 48.46162266991085, 1e-4);
});

test('total variation reaches the minimum that scikit-image reaches after 20,000 iterations', () => {
  const objective = (u: Float32Array, weight: number) => {
    let sum = 0;
    for (let y = 0; y < slice.height; y++) {
      for (let x = 0; x < slice.width; x++) {
        const here = at(u, x, y);
        const gx = x < slice.width - 1 ? at(u, x + 1, y) - here : 0;
        const gy = y < slice.height - 1 ? at(u, x, y + 1) - here : 0;
        sum += 0.5 * (here - at(image, x, y)) ** 2 + weight * Math.hypot(gx, gy);
      }
    }
    return sum;
  };
  // denoise_tv_chambolle(image, weight, eps=1e-12, max_num_iter=20000), scikit-image 0.26.
  for (const [weight, minimum, pixel] of [
    [2, 9292.847970499219, 63.25152509278582],
    [8, 24486.270408848628, 61.731820395177444],
  ]) {
    const u = totalVariation(image, slice, weight);
    close(objective(u, weight) / minimum, 1, 2e-3);
    close(at(u, 12, 10), pixel, 0.3);
  }
});

test('non-local means keep an edge that a Gaussian of the same smoothing blurs', () => {
  const random = new QuickRandom(8);
  const edge = Float32Array.from({ length: pixels }, (_, i) => (i % slice.width < 12 ? 20 : 80));
  const noisy = edge.map((value) => value + 5 * random.gaussian());
  const error = (values: Float32Array) =>
    Math.sqrt(values.reduce((sum, value, i) => sum + (value - edge[i]) ** 2, 0) / pixels);
  const kept = nonLocalMeans(noisy, slice, { strength: 0.8, sigma: 5 });
  assert.ok(error(kept) < 0.5 * error(noisy));
  assert.ok(error(kept) < 0.5 * error(filters.gaussian(noisy)));
});

test.run();
