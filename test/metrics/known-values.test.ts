import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ErrorSample } from '../../src/contracts/metric.ts';
import { statisticsWithIntervals } from '../../src/metrics/resampling/statistics-with-intervals.ts';
import { everyMetric } from './every-metric.ts';

const test = suite('metrics: known values');
const metrics = await everyMetric();

// Values of D in mm²/s; the fifth voxel failed.
const sample: ErrorSample = {
  parameter: 'D',
  truth: Float64Array.of(1.1e-3, 0.9e-3, 1.7e-3, 0.6e-3, 1.3e-3, 1.9e-3, 0.8e-3, 1.0e-3),
  estimate: Float64Array.of(1.3e-3, 0.8e-3, 1.65e-3, 0.75e-3, NaN, 2.4e-3, 0.7e-3, 1.0e-3),
  // Errors of 1.82, -1, -0.5, 0.5, -, 2.5, - and 0 of these; the seventh voxel has an estimate, but none of its own.
  sd: Float64Array.of(0.11e-3, 0.1e-3, 0.1e-3, 0.3e-3, 0.1e-3, 0.2e-3, NaN, 0.05e-3),
};
const weights = Uint8Array.of(2, 0, 1, 3, 1, 0, 1, 0);

// NumPy 2.4.6: sqrt(mean(d**2)), mean(d), std(d, ddof=1), median(abs(d)), quantile(d, q) over finite estimates.
const plain: Record<string, number> = {
  rmse: 0.00021876275473019355,
  nrmse: 0.19141741038891935,
  bias: 8.571428571428569e-5,
  sd: 0.00021739803302216128,
  median_absolute_error: 0.00010000000000000005,
  error_q05: -0.00010000000000000002,
  error_q25: -7.499999999999993e-5,
  error_q50: 0,
  error_q75: 0.00017499999999999997,
  error_q95: 0.0004099999999999996,
  failed_fraction: 0.125,
  coverage50: 3 / 6,
  coverage80: 4 / 6,
  coverage95: 5 / 6,
  interval_width95: 2 * 1.959963984540054 * 0.105e-3,
  no_interval_fraction: 1 / 7,
  crps: 0.0001222321546755229,
  interval_score95: 0.0012819043628480755,
  rank_share1: 1 / 6,
  rank_share2: 1 / 6,
  rank_share3: 0,
  rank_share4: 1 / 6,
  rank_share5: 2 / 6,
  rank_share6: 1 / 6,
  rank_share7: 0,
  rank_share8: 0,
};
// The same after numpy.repeat of estimates and truths by the weights.
const weighted: Record<string, number> = {
  rmse: 0.00015118578920369087,
  nrmse: 0.16281546529628246,
  bias: 0.0001,
  sd: 0.00012247448713915887,
  median_absolute_error: 0.00015000000000000007,
  error_q05: -8.5e-5,
  error_q25: 5.000000000000008e-5,
  error_q50: 0.00015000000000000007,
  error_q75: 0.00017499999999999997,
  error_q95: 0.00019999999999999987,
  failed_fraction: 0.125,
  coverage50: 4 / 6,
  coverage80: 4 / 6,
  coverage95: 1,
  interval_width95: 2 * 1.959963984540054 * 0.205e-3,
  no_interval_fraction: 1 / 7,
  crps: 0.0001022135527970021,
  interval_score95: 0.000797052020379622,
  rank_share1: 0,
  rank_share2: 2 / 6,
  rank_share3: 0,
  rank_share4: 3 / 6,
  rank_share5: 1 / 6,
  rank_share6: 0,
  rank_share7: 0,
  rank_share8: 0,
};

test('every metric is held against NumPy', () => {
  assert.equal([...metrics.keys()].sort(), Object.keys(plain).sort());
});

for (const [name, metric] of metrics) {
  test(`${name} of a sample and of a resample`, () => {
    const statistic = metric.over(sample);
    near(statistic(null), plain[name]);
    near(statistic(weights), weighted[name]);
    near(statistic(null), plain[name]);
  });

  test(`${name} is NaN where no voxel has an estimate, or 1 where it counts them`, () => {
    const none = { ...sample, estimate: new Float64Array(8).fill(NaN) };
    const wanted = name === 'failed_fraction' ? 1 : NaN;
    assert.ok(Object.is(metric.over(none)(null), wanted));
    assert.ok(Object.is(metric.over(none)(weights), wanted));
  });

  test(`${name} leaves its sample as it was`, () => {
    const copy = {
      parameter: 'D' as const,
      truth: sample.truth.slice(),
      estimate: sample.estimate.slice(),
    };
    metric.over(copy)(weights);
    assert.is(copy.truth.join(), sample.truth.join());
    assert.is(copy.estimate.join(), sample.estimate.join());
  });
}

test('a bias far above the scatter does not swallow it', () => {
  const truth = Float64Array.of(1, 2, 3, 4);
  const estimate = truth.map((value, i) => value + 1e8 + (i % 2));
  const sd = metrics.get('sd')!.over({ parameter: 'f', truth, estimate });
  // Errors alternate between two values one apart: sqrt(4 x 0.25 / 3).
  assert.ok(Math.abs(sd(null) - Math.sqrt(1 / 3)) < 1e-6);
  assert.ok(Math.abs(sd(Uint8Array.of(2, 2, 2, 2)) - Math.sqrt(2 / 7)) < 1e-6);
});

test('a resample without the one voxel that is off has no error, not a root of less than nothing', () => {
  const n = 200;
  const truth = new Float64Array(n).fill(1e-3);
  const off = Uint8Array.from({ length: n }, (_, i) => (i === 0 ? 0 : 1));
  for (const outlier of [1e-3, 0.7, 3]) {
    const estimate = truth.slice();
    estimate[0] += outlier;
    for (const name of ['rmse', 'nrmse', 'sd']) {
      const statistic = metrics.get(name)!.over({ parameter: 'D', truth, estimate });
      const root = statistic(off);
      assert.ok(root >= 0 && root < 1e-9, `${name} with an outlier of ${outlier}: ${root}`);
    }
    assert.is(metrics.get('rmse')!.over({ parameter: 'D', truth, estimate })(off), 0);
  }
});

test('intervals lie between quantiles where there are any, whatever the deviations say', () => {
  // Two voxels, truth 0.5; the second's intervals lie to one side, and its median on the truth.
  const quantiles = Float64Array.of(
    ...[0.1, 0.2, 0.3, 0.4, 0.6, 0.8, 0.9],
    ...[0.4, 0.45, 0.5, 0.5, 0.7, 0.71, 0.9],
  );
  const given: ErrorSample = {
    parameter: 'f',
    truth: Float64Array.of(0.65, 0.45),
    estimate: Float64Array.of(0.45, 0.55),
    sd: Float64Array.of(1e-9, 1e-9),
    quantiles,
  };
  const value = (name: string) => metrics.get(name)!.over(given)(null);
  assert.is(value('coverage50'), 0);
  assert.is(value('coverage80'), 1);
  assert.is(value('coverage95'), 1);
  near(value('interval_width95'), (0.8 + 0.5) / 2);
});

test('who says nothing of its sureness has no rows of it', () => {
  const { sd, ...silent } = sample;
  const names = (given: ErrorSample) =>
    statisticsWithIntervals(given, metrics, []).map(({ metric }) => metric);
  assert.ok(sd && names(sample).includes('coverage95') && names(sample).includes('interval_width95'));
  assert.equal(
    names(silent),
    names(sample).filter((name) => !/coverage|interval|crps|rank/.test(name)),
  );
});

test('units: those of the parameter, and none for ratios', () => {
  assert.is(metrics.get('rmse')!.unit('Dp'), 'mm²/s');
  assert.is(metrics.get('rmse')!.unit('f'), '');
  assert.is(metrics.get('nrmse')!.unit('D'), '');
});

function near(found: number, wanted: number): void {
  assert.ok(
    Math.abs(found - wanted) <= 1e-12 * Math.max(Math.abs(wanted), 1e-4),
    `${found} is not ${wanted}`,
  );
}

test.run();
