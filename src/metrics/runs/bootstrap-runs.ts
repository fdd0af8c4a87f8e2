import { percentileInterval } from '../resampling/percentile-interval.ts';
import { resampleCounts } from '../resampling/resample-counts.ts';

export interface RunsBootstrap {
  readonly resamples: number;
  /** Integer 0..2³²-1. */
  readonly seed: number;
}

export interface OverRuns {
  readonly value: number;
  /** 95 % percentile interval. */
  readonly ciLow: number;
  readonly ciHigh: number;
}

/**
 * Computes a statistic of repeated runs and its 95 % percentile interval over them (Efron and Tibshirani 1993, ch. 13): whole
 * runs are drawn with replacement, separately in every group. The interval is NaN if the statistic of any resample is.
 *
 * @param groups runs of each condition
 * @param statistic must not keep the lists it receives
 */
export function bootstrapRuns<T>(
  groups: readonly (readonly T[])[],
  statistic: (groups: readonly (readonly T[])[]) => number,
  { resamples, seed }: RunsBootstrap,
): OverRuns {
  // Each group has its own seed; otherwise groups of equal size would be resampled alike.
  const drawn = groups.map((runs, g) => [...resampleCounts(runs.length, resamples, (seed + g) >>> 0)]);
  const replicates = Float64Array.from({ length: resamples }, (_, r) =>
    statistic(groups.map((runs, g) => take(runs, drawn[g][r]))),
  );
  const { low, high } = percentileInterval(replicates);
  return { value: statistic(groups), ciLow: low, ciHigh: high };
}

function take<T>(runs: readonly T[], counts: Uint8Array): T[] {
  return runs.flatMap((run, i) => new Array<T>(counts[i]).fill(run));
}
