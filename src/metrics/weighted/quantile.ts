import type { Statistic } from '../../contracts/metric.ts';
import { failedVoxels, weightSum } from './weight-sum.ts';

/**
 * Quantile `q` (0..1) of the finite `values`, each counted as often as its weight says: linear interpolation between
 * order statistics at rank q (W - 1), W the sum of the weights (Hyndman and Fan 1996, type 7; NumPy's and R's default).
 */
export function weightedQuantile(values: Float64Array, q: number): Statistic {
  const failed = failedVoxels(values);
  const order = Uint32Array.from(values.keys())
    .filter((i) => Number.isFinite(values[i]))
    .sort((a, b) => values[a] - values[b]);
  const sorted = Float64Array.from(order, (i) => values[i]);

  return (weights) => {
    const total = weightSum(weights, values.length, failed);
    if (total === 0) return NaN;
    const rank = q * (total - 1);
    const below = Math.floor(rank);
    const part = rank - below;
    if (!weights) return between(sorted[below], sorted[Math.min(below + 1, total - 1)], part);
    let at = 0;
    let counted = weights[order[0]];
    while (counted <= below) counted += weights[order[++at]];
    const low = sorted[at];
    if (part === 0 || counted > below + 1) return low;
    while (counted <= below + 1) counted += weights[order[++at]];
    return between(low, sorted[at], part);
  };
}

const between = (low: number, high: number, part: number): number =>
  part === 0 ? low : low + part * (high - low);
