import type { ErrorSample, Interval, Metric } from '../../contracts/metric.ts';
import { percentileInterval } from './percentile-interval.ts';

export interface StatisticWithInterval {
  readonly metric: string;
  readonly value: number;
  /** 95 % interval over voxels; NaN if the metric has none. */
  readonly ciLow: number;
  readonly ciHigh: number;
  readonly unit: string;
}

/**
 * Computes every metric of one sample with its interval over voxels, bootstrapped if it has no closed form. Metrics that need
 * something the sample lacks are skipped.
 * @param metrics by the name in their rows
 * @param resamples how often each voxel was drawn, one array per resample; not drawn where every metric has a closed form
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
    closed: closedInterval(metric, sample),
    replicates: [] as number[],
  }));
  // Loops over resamples first, so that metrics with the same sums share one pass over the voxels.
  const bootstrapped = all.filter(({ closed }) => closed === null);
  if (bootstrapped.length > 0) {
    for (const weights of resamples) {
      for (const { statistic, replicates } of bootstrapped) replicates.push(statistic(weights));
    }
  }
  return all.map(({ name, metric, statistic, closed, replicates }) => {
    const { low, high } = closed ?? percentileInterval(Float64Array.from(replicates));
    return {
      metric: name,
      value: statistic(null),
      ciLow: low,
      ciHigh: high,
      unit: metric.unit(sample.parameter),
    };
  });
}

/** Null where the interval has to be bootstrapped. */
function closedInterval({ interval }: Metric, sample: ErrorSample): Interval | null {
  if (interval === false) return { low: NaN, high: NaN };
  return interval ? interval(sample) : null;
}
