/**
 * Counts the pairs of a new and an earlier value in which the new one is larger: the U of Mann and Whitney (1947). Ties do not
 * count, which is conservative.
 */
export function pairsAbove(newer: readonly number[], earlier: readonly number[]): number {
  let pairs = 0;
  for (const a of newer) for (const b of earlier) if (a > b) pairs++;
  return pairs;
}

/**
 * Returns the exact probability of `u` or more such pairs if new and earlier values have the same distribution, whichever it
 * is: 1 for `u` = 0, 1 / C(newer + earlier, newer) for the maximum.
 */
export function rankSumUpperTail(u: number, newer: number, earlier: number): number {
  const pairs = newer * earlier;
  if (u <= 0) return 1;
  if (u > pairs) return 0;
  // The distribution is symmetric, and its lower tail consists of exact small integers.
  return cumulative(newer, earlier)[pairs - Math.ceil(u)];
}

const kept = new Map<string, Float64Array>();

/**
 * Returns the cumulative probabilities of the number of pairs. The number of arrangements with u pairs is the coefficient of
 * q^u in the product over i = 1..newer of (1 - q^(earlier + i)) / (1 - q^i) (Harding, Appl Statist 1984;33:1).
 */
function cumulative(newer: number, earlier: number): Float64Array {
  const name = `${newer} ${earlier}`;
  let below = kept.get(name);
  if (!below) {
    const ways = new Float64Array(newer * earlier + 1);
    ways[0] = 1;
    for (let i = 1; i <= newer; i++) {
      for (let u = ways.length - 1; u >= earlier + i; u--) ways[u] -= ways[u - earlier - i];
      for (let u = i; u < ways.length; u++) ways[u] += ways[u - i];
    }
    let arrangements = 1;
    for (let i = 1; i <= newer; i++) arrangements *= (earlier + i) / i;
    let sum = 0;
    below = ways.map((count) => Math.min(1, (sum += count) / arrangements));
    kept.set(name, below);
  }
  return below;
}
