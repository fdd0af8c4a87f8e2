import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { percentileInterval } from '../../src/metrics/resampling/percentile-interval.ts';
import { resampleCounts } from '../../src/metrics/resampling/resample-counts.ts';
import { statisticsWithIntervals } from '../../src/metrics/resampling/statistics-with-intervals.ts';
import { shareInterval } from '../../src/statistics/share-interval.ts';
import { Mt19937 } from '../../src/random/mt19937.ts';
import { everyMetric } from './every-metric.ts';

const test = suite('metrics: bootstrap');
const metrics = await everyMetric();

test('a resample has as many voxels as the sample, each as likely as any other', () => {
  const n = 500;
  const resamples = [...resampleCounts(n, 400, 7)];
  const drawn = new Float64Array(n);
  for (const counts of resamples) {
    assert.is(
      counts.reduce((sum, count) => sum + count, 0),
      n,
    );
    counts.forEach((count, i) => (drawn[i] += count));
  }
  // Each voxel is drawn 400 times on average with a standard deviation of 20.
  assert.ok(drawn.every((count) => Math.abs(count - 400) < 6 * 20));
});

test('resamples are the same for the same seed and others for another', () => {
  assert.equal(resampleCounts(50, 3, 1), resampleCounts(50, 3, 1));
  assert.not.equal(resampleCounts(50, 3, 1), resampleCounts(50, 3, 2));
});

test('the middle 95 % of replicates, as numpy.percentile(arange(1, 101), [2.5, 97.5])', () => {
  const { low, high } = percentileInterval(Float64Array.from({ length: 100 }, (_, i) => 100 - i));
  assert.ok(Math.abs(low - 3.475) < 1e-12);
  assert.ok(Math.abs(high - 97.525) < 1e-12);
});

test('intervals cover the true value in about 95 of 100 samples', () => {
  const n = 200;
  const sigma = 2e-4;
  const trueValues: Record<string, number> = {
    rmse: sigma,
    bias: 0,
    sd: sigma,
    // The median of |x| for a normal x.
    median_absolute_error: 0.6744897501960817 * sigma,
  };
  const chosen = new Map([...metrics].filter(([name]) => name in trueValues));
  const truth = new Float64Array(n).fill(1e-3);
  const covered: Record<string, number> = {};
  const repeats = 400;
  for (let repeat = 0; repeat < repeats; repeat++) {
    const random = new Mt19937(repeat);
    const estimate = truth.map((value) => value + sigma * random.gaussian());
    const resamples = resampleCounts(n, 300, 1000 + repeat);
    const rows = statisticsWithIntervals({ parameter: 'D', estimate, truth }, chosen, resamples);
    for (const { metric, ciLow, ciHigh } of rows) {
      covered[metric] =
        (covered[metric] ?? 0) + Number(ciLow <= trueValues[metric] && trueValues[metric] <= ciHigh);
    }
  }
  for (const [name, count] of Object.entries(covered)) {
    // 95 % within four binomial standard deviations, and a little below for the few voxels.
    assert.ok(count / repeats > 0.9 && count / repeats < 0.985, `${name}: ${count} of ${repeats}`);
  }
  assert.is(Object.keys(covered).length, 4);
});

test('quantiles for box plots carry no interval', () => {
  const truth = new Float64Array(20).fill(0.2);
  const estimate = truth.map((value, i) => value + i / 100);
  const rows = statisticsWithIntervals(
    { parameter: 'f', estimate, truth },
    metrics,
    resampleCounts(20, 50, 3),
  );
  const median = rows.find((row) => row.metric === 'error_q50')!;
  assert.ok(Math.abs(median.value - 0.095) < 1e-12);
  assert.ok(Number.isNaN(median.ciLow) && Number.isNaN(median.ciHigh));
  const rmse = rows.find((row) => row.metric === 'rmse')!;
  assert.ok(rmse.ciLow < rmse.value && rmse.value < rmse.ciHigh);
});

test('shares have Wilson’s interval, as scipy.stats.binomtest(k, n).proportion_ci(method="wilson")', () => {
  const known = [
    [0, 50, 0, 0.07134759913335872],
    [3, 8, 0.13684428582359737, 0.6942576053973728],
    [47, 50, 0.8378290831116182, 0.979385029651026],
    [50, 50, 0.9286524008666412, 1],
  ];
  for (const [count, n, low, high] of known) {
    const interval = shareInterval(count, n);
    assert.ok(
      Math.abs(interval.low - low) < 1e-14 && Math.abs(interval.high - high) < 1e-14,
      `${count}/${n}`,
    );
  }
  assert.equal(shareInterval(0, 0), { low: NaN, high: NaN });
});

test('coverage and failures carry the interval of a share, of the voxels they are counted over', () => {
  const truth = new Float64Array(8).fill(1);
  const estimate = Float64Array.of(1, 1, 1, 5, 5, NaN, 5, 5);
  const sd = Float64Array.of(1, 1, 1, 1, 1, 1, 1, NaN);
  const rows = statisticsWithIntervals({ parameter: 'f', estimate, truth, sd }, metrics, []);
  const row = (name: string) => rows.find(({ metric }) => metric === name)!;
  const of = (count: number, n: number) => shareInterval(count, n);
  assert.equal({ low: row('coverage95').ciLow, high: row('coverage95').ciHigh }, of(3, 6));
  assert.equal({ low: row('failed_fraction').ciLow, high: row('failed_fraction').ciHigh }, of(1, 8));
});

test.run();
