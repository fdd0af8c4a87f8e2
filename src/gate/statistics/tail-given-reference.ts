import { Mt19937 } from '../../random/mt19937.ts';

/**
 * Share of stored references for which a p value is an upper bound. The exact rank-sum test is right on average over references;
 * one that holds low values by chance gives many more false alarms, in every run, as long as it is stored.
 */
export const CONFIDENCE = 0.98;

/** Number of references that are drawn for the quantile. */
const REFERENCES = 2000;

const kept = new Map<string, Float64Array>();

/**
 * Returns the probability of `u` or more pairs in which a new value is larger than an earlier one if all have the same distribution,
 * given the earlier values: the quantile at `CONFIDENCE` over earlier values, which are random too.
 *
 * For continuous distributions it depends on neither the distribution nor the values: F of the earlier values are uniform order
 * statistics, and a new value exceeds j of them with the probability of their j-th spacing. The number of pairs is the sum over
 * independent new values.
 */
export function tailGivenReference(u: number, newer: number, earlier: number): number {
  if (u <= 0) return 1;
  if (u > newer * earlier) return 0;
  return tails(newer, earlier)[Math.ceil(u)];
}

/** Returns the smallest number of pairs with such a probability of at most `level`; Infinity if even the maximum exceeds it. */
export function criticalPairs(level: number, newer: number, earlier: number): number {
  const found = tails(newer, earlier).findIndex((p) => p <= level);
  return found < 0 ? Infinity : found;
}

/** Returns the quantile for every number of pairs from 0 to all. */
function tails(newer: number, earlier: number): Float64Array {
  const name = `${newer} ${earlier}`;
  let quantiles = kept.get(name);
  if (!quantiles) {
    const random = new Mt19937(REFERENCES);
    const drawn = Array.from({ length: REFERENCES }, () => pairsTail(spacings(earlier, random), newer));
    const place = Math.ceil(CONFIDENCE * REFERENCES) - 1;
    const column = new Float64Array(REFERENCES);
    quantiles = Float64Array.from({ length: newer * earlier + 1 }, (_, u) => {
      for (let i = 0; i < REFERENCES; i++) column[i] = drawn[i][u];
      return column.sort()[place];
    });
    kept.set(name, quantiles);
  }
  return quantiles;
}

/** Draws the spacings of `n` uniform order statistics: exponential variables divided by their sum. */
function spacings(n: number, random: Mt19937): Float64Array {
  const drawn = Float64Array.from({ length: n + 1 }, () => -Math.log(1 - random.uniform()));
  const sum = drawn.reduce((total, each) => total + each, 0);
  return drawn.map((each) => each / sum);
}

/** Returns the upper tail of the sum of `count` independent integers, each j with probability `share[j]`. */
function pairsTail(share: Float64Array, count: number): Float64Array {
  const most = share.length - 1;
  let sums = share;
  for (let i = 1; i < count; i++) {
    const next = new Float64Array(sums.length + most);
    for (let a = 0; a < sums.length; a++) for (let j = 0; j <= most; j++) next[a + j] += sums[a] * share[j];
    sums = next;
  }
  for (let u = sums.length - 2; u >= 0; u--) sums[u] += sums[u + 1];
  return sums;
}
