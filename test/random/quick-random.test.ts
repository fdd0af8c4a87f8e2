import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { QuickRandom } from '../../src/random/quick-random.ts';

const test = suite('quick random numbers');

const N = 1_000_000;
const gaussians = (seed: number, n = N) => {
  const out = new Float64Array(n);
  new QuickRandom(seed).fillGaussian(out);
  return out;
};
const share = (numbers: Float64Array, holds: (x: number) => boolean) =>
  numbers.reduce((count, x) => count + (holds(x) ? 1 : 0), 0) / numbers.length;

/** Within five standard errors of a share of N draws. */
const isShare = (found: number, expected: number) =>
  Math.abs(found - expected) < 5 * Math.sqrt((expected * (1 - expected)) / N);

test('normal numbers have the moments 0, 1, 0 and 3', () => {
  const numbers = gaussians(1);
  const moment = (k: number) => numbers.reduce((sum, x) => sum + x ** k, 0) / N;
  // Variances of the sample moments of a normal distribution: 1, 2, 15 and 96 over N.
  assert.ok(Math.abs(moment(1)) < 5 * Math.sqrt(1 / N));
  assert.ok(Math.abs(moment(2) - 1) < 5 * Math.sqrt(2 / N));
  assert.ok(Math.abs(moment(3)) < 5 * Math.sqrt(15 / N));
  assert.ok(Math.abs(moment(4) - 3) < 5 * Math.sqrt(96 / N));
});

test('they lie where the table of the normal distribution has them, tails and their ends included', () => {
  const numbers = gaussians(2);
  // Two-sided probabilities as SciPy's norm.sf gives them; 3.4426 is where the ziggurat's tail begins.
  for (const [beyond, expected] of [
    [0.1, 0.920344],
    [0.6745, 0.499993],
    [1, 0.317311],
    [2, 0.0455003],
    [3, 0.0026998],
    [3.4426, 0.000576156],
    [4, 0.0000633425],
  ]) {
    assert.ok(
      isShare(
        share(numbers, (x) => Math.abs(x) > beyond),
        expected,
      ),
      `beyond ${beyond}`,
    );
  }
  assert.ok(
    isShare(
      share(numbers, (x) => x > 0),
      0.5,
    ),
  );
});

test('neighbours are uncorrelated, and so are their squares', () => {
  const numbers = gaussians(3);
  let product = 0;
  let squares = 0;
  for (let i = 1; i < N; i++) {
    product += numbers[i] * numbers[i - 1];
    squares += (numbers[i] ** 2 - 1) * (numbers[i - 1] ** 2 - 1);
  }
  assert.ok(Math.abs(product / N) < 5 / Math.sqrt(N));
  assert.ok(Math.abs(squares / N) < 10 / Math.sqrt(N));
});

test('a seed gives its numbers again, another seed others, 0 too', () => {
  assert.equal(gaussians(7, 100), gaussians(7, 100));
  const firsts = [0, 1, 2, 3, 0xffffffff].map((seed) => gaussians(seed, 1)[0]);
  assert.is(new Set(firsts).size, 5);
});

test('uniform numbers fill [0, 1) evenly', () => {
  const random = new QuickRandom(4);
  const counts = new Float64Array(16);
  for (let i = 0; i < N; i++) counts[Math.floor(16 * random.uniform())]++;
  for (const count of counts) assert.ok(isShare(count / N, 1 / 16));
});

test.run();
