import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { resampleCounts } from '../../src/metrics/resampling/resample-counts.ts';
import { rmseRatio } from '../../src/metrics/resampling/rmse-ratio.ts';
import { Mt19937 } from '../../src/random/mt19937.ts';

const test = suite('rmse-ratio');

test('errors that are all twice as large have a ratio of 2 in every resample', () => {
  const random = new Mt19937(1);
  const n = 200;
  const truth = Float64Array.from({ length: n }, () => random.uniform());
  const errors = truth.map(() => random.gaussian());
  const sample = (factor: number) => ({
    parameter: 'f' as const,
    truth,
    estimate: truth.map((x, i) => x + factor * errors[i]),
  });
  const { value, ciLow, ciHigh } = rmseRatio(sample(2), sample(1), resampleCounts(n, 50, 3));
  for (const ratio of [value, ciLow, ciHigh]) assert.ok(Math.abs(ratio - 2) < 1e-9, `${ratio}`);
  // Other errors, and the ratio is only known so well.
  const other = { ...sample(1), estimate: truth.map((x) => x + random.gaussian()) };
  const rough = rmseRatio(other, sample(1), resampleCounts(n, 200, 3));
  assert.ok(rough.ciLow < rough.value && rough.value < rough.ciHigh && rough.ciHigh - rough.ciLow < 0.5);
});

test.run();
