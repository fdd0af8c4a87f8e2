import type { Metric } from '../../src/contracts/metric.ts';
import {
  PARAMETERS,
  type Estimates,
  type ParameterName,
  type Parameters,
} from '../../src/contracts/voxels.ts';
import { readKernel, withoutSimd } from '../../src/files/read-kernel.ts';
import { errorSample } from '../../src/metrics/intervals/error-sample.ts';
import { resampleCounts } from '../../src/metrics/resampling/resample-counts.ts';
import {
  statisticsWithIntervals,
  type StatisticWithInterval,
} from '../../src/metrics/resampling/statistics-with-intervals.ts';
import { sumWithKernel } from '../../src/metrics/weighted/column-sums.ts';
import { loadMetric, metricNames } from '../../src/plugins/discover.ts';

export interface ErrorOptions {
  /** What the fitter estimates: all three where it doesn't say. */
  readonly parameters?: readonly ParameterName[];
  readonly resamples: number;
  /** Seed of the bootstrap. */
  readonly seed: number;
}

/** One statistic of the errors of one parameter: a row without its place. */
export interface ErrorStatistic extends StatisticWithInterval {
  readonly parameter: ParameterName;
  readonly n: number;
}

// Once a thread: resamples are what a study of many voxels spends its time on.
sumWithKernel(withoutSimd() ? undefined : readKernel('metrics'));

/** Every metric of every parameter that the fitter estimates, over some voxels. */
export async function errorStatistics(
  estimates: Estimates,
  truth: Parameters,
  { parameters = PARAMETERS, resamples, seed }: ErrorOptions,
): Promise<ErrorStatistic[]> {
  const { n } = truth;
  const metrics = await everyMetric();
  const counts = keptCounts(n, resamples, seed);
  return PARAMETERS.filter((name) => parameters.includes(name)).flatMap((parameter) => {
    const sample = errorSample(parameter, estimates, truth);
    return statisticsWithIntervals(sample, metrics, counts).map((statistic) => ({
      ...statistic,
      parameter,
      n,
    }));
  });
}

/** By the name their rows carry: `median_absolute_error`. */
async function everyMetric(): Promise<Map<string, Metric>> {
  const loaded = await Promise.all(metricNames().map((name) => loadMetric(name)));
  return new Map(loaded.map(({ name, value }) => [name.replaceAll('-', '_'), value]));
}

let kept: { readonly name: string; readonly counts: Iterable<Uint8Array> } | undefined;

/** The last counts drawn: every fitter and noise level of a study is resampled alike. */
function keptCounts(n: number, resamples: number, seed: number): Iterable<Uint8Array> {
  const name = `${n} ${resamples} ${seed}`;
  if (kept?.name !== name) kept = { name, counts: resampleCounts(n, resamples, seed) };
  return kept.counts;
}
