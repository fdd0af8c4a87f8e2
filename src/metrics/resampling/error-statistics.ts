import type { Metric, SummingKernel } from '../../contracts/metric.ts';
import { PARAMETERS, type Estimates, type ParameterName, type Parameters } from '../../contracts/voxels.ts';
import { errorSample } from '../intervals/error-sample.ts';
import { resampleCounts } from './resample-counts.ts';
import { statisticsWithIntervals, type StatisticWithInterval } from './statistics-with-intervals.ts';

export interface ErrorOptions {
  /** Metrics by the name in their rows: `median_absolute_error`. */
  readonly metrics: Iterable<readonly [string, Metric]>;
  /** Parameters that the fitter estimates; all three by default. */
  readonly parameters?: readonly ParameterName[];
  readonly resamples: number;
  /** Seed of the bootstrap. */
  readonly seed: number;
  /** Computes the sums over resamples; JavaScript by default. */
  readonly kernel?: SummingKernel;
}

/** One statistic of the errors of one parameter: the part of a row that does not depend on the experiment. */
export interface ErrorStatistic extends StatisticWithInterval {
  readonly parameter: ParameterName;
  readonly n: number;
}

/** Computes every metric of every parameter that the fitter estimates, over some voxels. */
export function errorStatistics(
  estimates: Estimates,
  truth: Parameters,
  { metrics, parameters = PARAMETERS, resamples, seed, kernel }: ErrorOptions,
): ErrorStatistic[] {
  const { n } = truth;
  const counts = { [Symbol.iterator]: () => keptCounts(n, resamples, seed)[Symbol.iterator]() };
  return PARAMETERS.filter((name) => parameters.includes(name)).flatMap((parameter) => {
    const sample = { ...errorSample(parameter, estimates, truth), ...(kernel && { kernel }) };
    return statisticsWithIntervals(sample, metrics, counts).map((statistic) => ({
      ...statistic,
      parameter,
      n,
    }));
  });
}

let kept: { readonly name: string; readonly counts: Iterable<Uint8Array> } | undefined;

/** Caches the latest counts: every fitter and noise level of a study uses the same resamples. */
function keptCounts(n: number, resamples: number, seed: number): Iterable<Uint8Array> {
  const name = `${n} ${resamples} ${seed}`;
  if (kept?.name !== name) kept = { name, counts: resampleCounts(n, resamples, seed) };
  return kept.counts;
}
