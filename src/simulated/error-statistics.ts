import type { Metric } from '../contracts/metric.ts';
import { PARAMETERS, type Estimates, type ParameterName, type Parameters } from '../contracts/voxels.ts';
import { readKernel, withoutSimd } from '../files/read-kernel.ts';
import { errorSample } from '../metrics/intervals/error-sample.ts';
import { resampleCounts } from '../metrics/resampling/resample-counts.ts';
import {
  statisticsWithIntervals,
  type StatisticWithInterval,
} from '../metrics/resampling/statistics-with-intervals.ts';
import { sumWithKernel } from '../metrics/weighted/column-sums.ts';

export interface ErrorOptions {
  /** By the name their rows carry. */
  readonly metrics: ReadonlyMap<string, Metric>;
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
export function errorStatistics(
  estimates: Estimates,
  truth: Parameters,
  { metrics, parameters = PARAMETERS, resamples, seed }: ErrorOptions,
): ErrorStatistic[] {
  const { n } = truth;
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

let kept: { readonly name: string; readonly counts: Iterable<Uint8Array> } | undefined;

/** The last counts drawn: every fitter and noise level of a study is resampled alike. */
function keptCounts(n: number, resamples: number, seed: number): Iterable<Uint8Array> {
  const name = `${n} ${resamples} ${seed}`;
  if (kept?.name !== name) kept = { name, counts: resampleCounts(n, resamples, seed) };
  return kept.counts;
}
