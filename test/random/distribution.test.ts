import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { draw } from '../../src/random/distribution.ts';
import { Mt19937 } from '../../src/random/mt19937.ts';

const test = suite('random/distribution');
const many = (n: number, once: () => number) => Array.from({ length: n }, once);

test('draws normal values inside the limits alone, with the moments of a cut normal', () => {
  const random = new Mt19937(5);
  const values = many(50_000, () => draw({ normal: { mean: 0, sd: 1 } }, random, 0, 1));
  assert.ok(values.every((value) => value >= 0 && value <= 1));
  // scipy.stats.truncnorm(0, 1).mean() = 0.4598622292864264, .std() = 0.28223; SciPy 1.13
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  assert.ok(Math.abs(mean - 0.4598622292864264) < (5 * 0.28223) / Math.sqrt(values.length));
});

test('draws logarithms evenly', () => {
  const random = new Mt19937(6);
  const logs = many(50_000, () => Math.log10(draw({ logUniform: [0.001, 0.1] }, random)));
  assert.ok(logs.every((value) => value >= -3 && value < -1));
  const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length;
  assert.ok(Math.abs(mean + 2) < (5 * (2 / Math.sqrt(12))) / Math.sqrt(logs.length));
});

test('draws logarithms of a cut normal, with their mean', () => {
  const random = new Mt19937(8);
  const drawn = { logNormal: { median: 0.02, sd: 1, within: [0.005, 0.5] } } as const;
  const logs = many(50_000, () => Math.log(draw(drawn, random)));
  assert.ok(logs.every((value) => value >= Math.log(0.005) && value <= Math.log(0.5)));
  // log 0.02 + (p(a) - p(b)) / (P(b) - P(a)), a = -log 4, b = log 25, p and P the standard normal's density and distribution
  // (Johnson, Kotz and Balakrishnan, Continuous univariate distributions, 1994, 13.10.1): -3.747958, SD 0.856952.
  const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length;
  assert.ok(Math.abs(mean + 3.747958) < (5 * 0.856952) / Math.sqrt(logs.length));
});

test('draws a constant without using up randomness', () => {
  const random = new Mt19937(7);
  assert.is(draw({ constant: 15 }, random), 15);
  assert.is(random.nextInt32(), new Mt19937(7).nextInt32());
});

test.run();
