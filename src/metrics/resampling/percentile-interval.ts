import type { Interval } from '../../contracts/metric.ts';

/** Returns the central 95 % of bootstrap replicates (Efron and Tibshirani 1993, percentile interval); NaN if any is NaN. */
export function percentileInterval(replicates: Float64Array): Interval {
  if (replicates.length === 0 || replicates.some(Number.isNaN)) return { low: NaN, high: NaN };
  const sorted = replicates.toSorted();
  return { low: at(sorted, 0.025), high: at(sorted, 0.975) };
}

function at(sorted: Float64Array, q: number): number {
  const rank = q * (sorted.length - 1);
  const below = Math.floor(rank);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
}
