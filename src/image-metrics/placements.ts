import type { ScoredCases } from './estimate.ts';

/**
 * Placement values of scored cases, of which the AUC and its variance are made (DeLong, DeLong and Clarke-Pearson,
 * Biometrics 1988;44:837): for every positive case the share of the negative ones with a smaller score, for every
 * negative case the share of the positive ones with a larger score. A tie counts one half.
 */
export interface Placements {
  readonly auc: number;
  /** In the order of the positive, and of the negative cases. */
  readonly ofPositives: Float64Array;
  readonly ofNegatives: Float64Array;
}

/**
 * Computes placements from midranks, in O(n log n): the midrank of a case among all cases less that among its own
 * class is the number of cases of the other class below it, ties counting one half (Sun and Xu, IEEE Signal Process
 * Lett 2014;21:1389).
 */
export function placements({ scores, positive }: ScoredCases): Placements {
  const all = Float64Array.from(scores);
  const isPositive = Array.from(positive, Boolean);
  const positives = all.filter((_, i) => isPositive[i]);
  const negatives = all.filter((_, i) => !isPositive[i]);
  const [m, n] = [positives.length, negatives.length];
  const among = midranks(all);
  const rankOfPositives = among.filter((_, i) => isPositive[i]);
  const rankOfNegatives = among.filter((_, i) => !isPositive[i]);
  const withinPositives = midranks(positives);
  const withinNegatives = midranks(negatives);
  const ofPositives = rankOfPositives.map((rank, i) => (rank - withinPositives[i]) / n);
  const ofNegatives = rankOfNegatives.map((rank, j) => 1 - (rank - withinNegatives[j]) / m);
  return { auc: mean(ofPositives), ofPositives, ofNegatives };
}

/** Ranks from 1; equal values share the mean of the ranks they take up. */
export function midranks(values: Float64Array): Float64Array {
  const order = Uint32Array.from(values, (_, i) => i).sort((a, b) => values[a] - values[b]);
  const ranks = new Float64Array(values.length);
  for (let from = 0; from < order.length;) {
    let to = from + 1;
    while (to < order.length && values[order[to]] === values[order[from]]) to++;
    // Ranks from + 1 … to.
    for (let k = from; k < to; k++) ranks[order[k]] = (from + 1 + to) / 2;
    from = to;
  }
  return ranks;
}

/** Sample covariance (divisor n - 1) of two equally long series; NaN for fewer than two. */
export function covariance(a: Float64Array, b: Float64Array): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - meanA) * (b[i] - meanB);
  return a.length > 1 ? sum / (a.length - 1) : NaN;
}

function mean(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
