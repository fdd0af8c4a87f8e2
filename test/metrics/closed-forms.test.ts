import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ErrorSample } from '../../src/contracts/metric.ts';
import { PARAMETERS, type Estimates, type Signals } from '../../src/contracts/voxels.ts';
import { rmseRatioInterval } from '../../src/metrics/intervals/closed-forms.ts';
import { percentileInterval } from '../../src/metrics/resampling/percentile-interval.ts';
import { resampleCounts } from '../../src/metrics/resampling/resample-counts.ts';
import { rmseRatio } from '../../src/metrics/resampling/rmse-ratio.ts';
import { needsOf } from '../../src/plugins/needs-of.ts';
import { fitterNames, loadFitter } from '../../src/plugins/discover.ts';
import { fitVoxels } from '../../src/preparation/fit-voxels.ts';
import { prepare } from '../../src/preparation/prepare.ts';
import { Mt19937 } from '../../src/random/mt19937.ts';
import { summingKernel } from '../../src/simulated/error-statistics.ts';
import { STUDY_TISSUE, studyPhantom } from '../fitters/study-phantom.ts';
import { STUDY_B } from '../solvers/study-voxels.ts';
import { everyMetric } from './every-metric.ts';

const test = suite('metrics: intervals in closed form');

const VOXELS = 2000;
const RESAMPLES = 1000;
const counts = [...resampleCounts(VOXELS, RESAMPLES, 11)];
/**
 * Standard deviation of a bootstrap's 2.5 % quantile, in standard errors: sqrt(p (1 - p) / R) over the normal density there. The
 * largest of some 1,500 comparisons is within 4.5 of them, and the closed form may be off by a little more.
 */
const MONTE_CARLO = Math.sqrt((0.025 * 0.975) / RESAMPLES) / 0.05845;
const TOLERANCE = 4.5 * MONTE_CARLO + 0.1;

const metrics = new Map(
  [...(await everyMetric())].filter(([name]) =>
    ['rmse', 'nrmse', 'bias', 'sd', 'median_absolute_error'].includes(name),
  ),
);
const tails: number[] = [];
let compared = 0;
let left = 0;

/** Estimates of every fitter at two noise levels; networks are trained briefly, so that some are bad. */
async function estimates(name: string, signals: Signals): Promise<Estimates> {
  const { value: fitter } = await loadFitter(name);
  const settings = fitter.settings?.parse(BRIEF[name] ?? {});
  const { ready } = await prepare({
    ...{ name, fitter, settings, bValues: STUDY_B, seed: 1, tissue: STUDY_TISSUE },
    ...(fitter.trains === 'on given voxels' ? { training: () => studyPhantom(60, 1000) } : {}),
    ...(needsOf(fitter, settings).includes('allVoxels') ? { allVoxels: () => signals } : {}),
  });
  const out = await fitVoxels(ready, signals);
  ready.dispose?.();
  return out;
}

const BRIEF: Readonly<Record<string, object>> = {
  dnn: { epochs: 3 },
  'dnn-supervised': { epochs: 3 },
  'posterior-net': { epochs: 1, exactVoxels: 32, width: 16 },
  hierarchical: { learnFrom: 300, sweeps: 50, burnIn: 100, samples: 100 },
};
/** Slow, and errors much like those of another. */
const LIKE_OTHERS = [
  'bayes-mcmc',
  'ivim-net-optim',
  'super-ivim-dc',
  'triexponential',
  'ls-rician',
  'ls-s0',
  'grid-refine',
];

for (const name of fitterNames().filter((each) => !LIKE_OTHERS.includes(each))) {
  test(`${name}: as the bootstrap, within its Monte-Carlo error`, async () => {
    for (const sigma of [15, 150]) {
      const { signals, truth } = studyPhantom(sigma, VOXELS);
      const found = await estimates(name, signals);
      for (const parameter of PARAMETERS) {
        if (!found[parameter].some(Number.isFinite)) continue;
        const kernel = summingKernel();
        const sample: ErrorSample = {
          ...{ parameter, estimate: found[parameter], truth: truth[parameter] },
          ...(kernel ? { kernel } : {}),
        };
        tails.push(kurtosis(sample));
        const over = [...metrics].map(([metric, each]) => ({
          metric,
          statistic: each.over(sample),
          closed: each.interval ? each.interval(sample) : null,
          replicates: [] as number[],
        }));
        for (const weights of counts) {
          for (const { statistic, replicates } of over) replicates.push(statistic(weights));
        }
        for (const { metric, closed, replicates } of over) {
          compared++;
          if (closed === null) {
            left++;
            continue;
          }
          near(closed, Float64Array.from(replicates), `${metric} of ${parameter}, sigma ${sigma}`);
        }
      }
    }
  });
}

test('heavy tails are among them, and few samples are left to the bootstrap', () => {
  assert.ok(Math.max(...tails) > 50, `largest kurtosis ${Math.max(...tails)}`);
  assert.ok(left < 0.15 * compared, `${left} of ${compared}`);
});

test('the ratio of two RMSE, with voxels that one or the other failed on', () => {
  const { truth } = studyPhantom(75, VOXELS);
  const random = new Mt19937(4);
  const shared = truth.D.map(() => random.gaussian());
  const sample = (factor: number): ErrorSample => ({
    parameter: 'D',
    truth: truth.D,
    estimate: truth.D.map((D, i) =>
      random.uniform() < 0.02 ? NaN : D + 1e-4 * (shared[i] + factor * random.gaussian()),
    ),
  });
  const [own, other] = [sample(1), sample(0.5)];
  const rmse = metrics.get('rmse')!;
  const [a, b] = [rmse.over(own), rmse.over(other)];
  const replicates = Float64Array.from(counts, (weights) => a(weights) / b(weights));
  near(rmseRatioInterval(own, other)!, replicates, 'ratio');
  // The bootstrap is not asked where there is a closed form.
  assert.is(rmseRatio(own, other, []).ciLow, rmseRatioInterval(own, other)!.low);
});

test('one voxel that outweighs all others, or few voxels, are left to the bootstrap', () => {
  const truth = new Float64Array(1000).fill(1);
  const estimate = truth.map((value, i) => value + (i % 7) / 10);
  estimate[3] = 400;
  const few = (n: number): ErrorSample => ({
    parameter: 'f',
    estimate: estimate.slice(10, 10 + n),
    truth: truth.slice(10, 10 + n),
  });
  for (const name of ['rmse', 'nrmse', 'bias', 'sd', 'median_absolute_error']) {
    const { interval } = metrics.get(name)!;
    assert.ok(interval);
    const outweighed = interval({ parameter: 'f', estimate, truth });
    if (name !== 'median_absolute_error') assert.is(outweighed, null, name);
    assert.is(interval(few(80)), null, name);
    assert.ok(interval(few(900)), name);
  }
});

test('errors that are all alike have an interval without extent', () => {
  const truth = new Float64Array(500).fill(1);
  const estimate = truth.map((value) => value + 0.5);
  const bias = metrics.get('bias')!.interval as (sample: ErrorSample) => { low: number; high: number };
  const { low, high } = bias({ parameter: 'f', estimate, truth });
  assert.ok(Math.abs(low - 0.5) < 1e-12 && Math.abs(high - 0.5) < 1e-12);
});

function near(closed: { low: number; high: number }, replicates: Float64Array, what: string): void {
  const drawn = percentileInterval(replicates);
  const mean = replicates.reduce((sum, value) => sum + value, 0) / replicates.length;
  const error = Math.sqrt(
    replicates.reduce((sum, value) => sum + (value - mean) ** 2, 0) / replicates.length,
  );
  for (const end of ['low', 'high'] as const) {
    const apart = (closed[end] - drawn[end]) / error;
    assert.ok(
      Math.abs(apart) < TOLERANCE,
      `${what}: ${end} end is ${apart.toFixed(2)} standard errors apart`,
    );
  }
}

function kurtosis({ estimate, truth }: ErrorSample): number {
  const errors = estimate.map((value, i) => value - truth[i]).filter(Number.isFinite);
  const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
  const moment = (k: number) => errors.reduce((sum, error) => sum + (error - mean) ** k, 0) / errors.length;
  return moment(4) / moment(2) ** 2;
}

test.run();
