import type { ErrorSample, Metric } from '../../contracts/metric.ts';
import { percentileInterval } from './percentile-interval.ts';

export interface StatisticWithInterval {
  readonly metric: string;
  readonly value: number;
  /** 95 % interval over voxels; NaN where the metric has none. */
  readonly ciLow: number;
  readonly ciHigh: number;
  readonly unit: string;
}

/**
 * Every metric of one sample with its interval over voxels, bootstrapped where it has no closed form; those that need what the sample has not are left out.
 * @param metrics by the name their rows carry
 * @param resamples how often each voxel was drawn, one array per resample
 */
export function statisticsWithIntervals(
  sample: ErrorSample,
  metrics: Iterable<readonly [string, Metric]>,
  resamples: Iterable<Uint8Array>,
): StatisticWithInterval[] {
  const surely = sample.sd !== undefined || sample.quantiles !== undefined;
  const applicable = [...metrics].filter(([, { needs }]) => surely || needs !== 'intervals');
  const all = applicable.map(([name, metric]) => ({
    name,
    metric,
    statistic: metric.over(sample),
    replicates: [] as number[],
  }));
  // Resample by resample, so that metrics of the same sums share one pass over the voxels.
  const bootstrapped = all.filter(({ metric }) => metric.interval === undefined);
  for (const weights of resamples) {
    for (const { statistic, replicates } of bootstrapped) replicates.push(statistic(weights));
  }
  return all.map(({ name, metric, statistic, replicates }) => {
    const { low, high } = metric.interval
      ? metric.interval(sample)
      : percentileInterval(Float64Array.from(replicates));
    return {
      metric: name,
      value: statistic(null),
      ciLow: low,
      ciHigh: high,
      unit: metric.unit(sample.parameter),
    };
  });
}
