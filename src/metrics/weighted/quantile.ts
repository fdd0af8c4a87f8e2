import type { Statistic } from '../../contracts/metric.ts';
import { oncePer } from './once-per.ts';
import { failedVoxels, weightSum } from './weight-sum.ts';

/** The finite values in ascending order. */
export const ascending = oncePer((values: Float64Array) => values.filter(Number.isFinite).sort());

/**
 * Returns the weighted quantile `q` (0..1) of the finite `values`: linear interpolation between order statistics at rank q (W -
 * 1), where W is the sum of the weights (Hyndman and Fan 1996, type 7; the default of NumPy and R).
 */
export function weightedQuantile(values: Float64Array, q: number): Statistic {
  const failed = failedVoxels(values);
  const sorted = ascending(values);
  // Sorting numbers is ten times faster than sorting indices, which only resamples need.
  let places: Uint32Array | undefined;

  return (weights) => {
    const total = weightSum(weights, values.length, failed);
    if (total === 0) return NaN;
    const rank = q * (total - 1);
    const below = Math.floor(rank);
    const part = rank - below;
    if (!weights) return between(sorted[below], sorted[Math.min(below + 1, total - 1)], part);
    places ??= ascendingPlaces(values);
    return walk(sorted, places, weights, below, part);
  };
}

/** Walks the sorted values until the cumulative weight reaches the rank. */
function walk(
  sorted: Float64Array,
  places: Uint32Array,
  weights: Uint8Array,
  below: number,
  part: number,
): number {
  let at = 0;
  let counted = weights[places[0]];
  while (counted <= below) counted += weights[places[++at]];
  const low = sorted[at];
  if (part === 0 || counted > below + 1) return low;
  while (counted <= below + 1) counted += weights[places[++at]];
  return between(low, sorted[at], part);
}

function ascendingPlaces(values: Float64Array): Uint32Array {
  const places = new Uint32Array(values.length);
  let used = 0;
  for (let i = 0; i < values.length; i++) if (Number.isFinite(values[i])) places[used++] = i;
  return places.subarray(0, used).sort((a, b) => values[a] - values[b]);
}

const between = (low: number, high: number, part: number): number =>
  part === 0 ? low : low + part * (high - low);
