import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { meanOverSubjects } from '../../src/image-metrics/mean-over-subjects.ts';
import { noiseFloorShare } from '../../src/image-metrics/noise-floor.ts';
import { psnr } from '../../src/image-metrics/psnr.ts';
import { rmsePercent } from '../../src/image-metrics/rmse-percent.ts';
import { shareOfChange } from '../../src/image-metrics/share-of-change.ts';
import { ssim } from '../../src/image-metrics/ssim.ts';
import { QuickRandom } from '../../src/random/quick-random.ts';
import { near } from '../agreement/near.ts';

const test = suite('image metrics: images');

/** A pattern, and the same with ripples; scikit-image 0.26 was given the same two. */
const [width, height] = [24, 20];
const at = (of: (x: number, y: number) => number): Float64Array =>
  Float64Array.from({ length: width * height }, (_, i) => of(i % width, Math.floor(i / width)));
const reference = at((x, y) => 50 + 30 * Math.sin(x / 3) * Math.cos(y / 4));
const image = reference.map(
  (value, i) => value + 8 * Math.sin(1.7 * (i % width) + 2.3 * Math.floor(i / width)),
);
const everywhere = new Float64Array(width * height).fill(1);
const inner = at((x, y) => Number(x >= 5 && x < width - 5 && y >= 5 && y < height - 5));

test('SSIM, PSNR and the error in per cent are those of scikit-image', () => {
  const options = { width, height, range: 100 };
  // structural_similarity(gaussian_weights=True, sigma=1.5, use_sample_covariance=False, data_range=100): the mean of its map over all
  // pixels, and, as the function itself returns it, without the five at every edge.
  near(ssim({ image, reference, within: everywhere }, options), 0.7903299481310098, 1e-10);
  near(ssim({ image, reference, within: inner }, options), 0.8067246494020228, 1e-10);
  // peak_signal_noise_ratio(data_range=100), and NumPy.
  near(psnr({ image, reference, within: everywhere }, 100), 24.948696408156433, 1e-10);
  near(rmsePercent({ image, reference, within: everywhere }), 10.977754357277279, 1e-10);
});

test('an image compared with itself; slices are compared one by one', () => {
  const same = { image: reference, reference, within: everywhere };
  assert.is(rmsePercent(same), 0);
  assert.is(psnr(same, 100), Infinity);
  near(ssim(same, { width, height, range: 100 }), 1, 1e-12);
  const twice = (values: Float64Array) => Float64Array.from([...values, ...reference]);
  const stacked = {
    image: twice(image),
    reference: twice(reference),
    within: Float64Array.from([...everywhere, ...everywhere]),
  };
  near(ssim(stacked, { width, height, range: 100 }), (0.7903299481310098 + 1) / 2, 1e-10);
});

test('only pixels within the mask count; without any there is no value', () => {
  const other = image.map((value, i) => (inner[i] > 0.5 ? value : NaN));
  const only = { image: other, reference, within: inner };
  assert.ok(Number.isFinite(rmsePercent(only)) && Number.isFinite(psnr(only, 100)));
  const nowhere = { image, reference, within: everywhere.map(() => 0) };
  assert.ok(Number.isNaN(rmsePercent(nowhere)));
  assert.ok(Number.isNaN(psnr(nowhere, 1)));
  assert.ok(Number.isNaN(ssim(nowhere, { width, height, range: 1 })));
  assert.throws(
    () => rmsePercent({ image: [1], reference, within: everywhere }),
    /1 pixels, a reference of 480/,
  );
});

test('half of a change is a share of one half, noise or not', () => {
  const before = Float64Array.from(reference);
  const after = before.map((value, i) => (inner[i] > 0.5 ? value * 0.4 : value));
  const half = { before: image, after: image.map((value, i) => value + 0.5 * (after[i] - before[i])) };
  near(shareOfChange(half, { before, after }), 0.5, 1e-12);
  near(shareOfChange({ before: image, after: image }, { before, after }), 0, 1e-12);
  assert.ok(Number.isNaN(shareOfChange(half, { before, after: before })));
});

test('the noise floor is what simulated repetitions of a known image leave', () => {
  assert.is(noiseFloorShare(6, false), Math.sqrt(1 / 7));
  assert.is(noiseFloorShare(6, true), Math.sqrt(1 / 6));
  // The best image is known here: the truth, and with the input among the six a sixth of its noise as well.
  const random = new QuickRandom(4);
  const n = 60_000;
  const noise = Array.from({ length: 7 }, () => {
    const drawn = new Float64Array(n);
    random.fillGaussian(drawn);
    return drawn;
  });
  const rms = (of: (i: number) => number) => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += of(i) ** 2;
    return Math.sqrt(sum / n);
  };
  const mean = (from: number, i: number) =>
    noise.slice(from, from + 6).reduce((sum, each) => sum + each[i], 0) / 6;
  // Standard error of a ratio of RMS over n pixels: below 1 / sqrt(n) = .004.
  near(rms((i) => mean(1, i)) / rms((i) => noise[0][i] - mean(1, i)), noiseFloorShare(6, false), 4 * 0.004);
  const best = rms((i) => noise[0][i] / 6 - mean(0, i));
  near(best / rms((i) => noise[0][i] - mean(0, i)), noiseFloorShare(6, true), 4 * 0.004);
});

test('a mean over subjects has the interval of Student’s t', () => {
  // R: t.test(c(1, 2, 4, 7)): 3.5, -0.7096 to 7.7096.
  const { value, low, high, n } = meanOverSubjects([1, 2, 4, 7]);
  assert.equal([value, n], [3.5, 4]);
  near(low, 3.5 - 3.182446305284263 * Math.sqrt(7 / 4), 1e-9);
  near(high, 3.5 + 3.182446305284263 * Math.sqrt(7 / 4), 1e-9);
  assert.ok(Number.isNaN(meanOverSubjects([3]).low));
  assert.ok(Number.isNaN(meanOverSubjects([]).value));
});

test.run();
