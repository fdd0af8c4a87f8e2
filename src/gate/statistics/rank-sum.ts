/**
 * How many pairs of a new and an earlier value have the larger one new: the U of Mann and Whitney (1947). Equal values count
 * for nobody, which errs on the side of "nothing happened".
 */
export function pairsAbove(newer: readonly number[], earlier: readonly number[]): number {
  let pairs = 0;
  for (const a of newer) for (const b of earlier) if (a > b) pairs++;
  return pairs;
}

/**
 * The exact probability that `u` pairs or more have the larger value new, where new and earlier values come from one
 * distribution, whichever it is: 1 for `u` = 0, 1 / C(newer + earlier, newer) for the most there can be.
 */
export function rankSumUpperTail(u: number, newer: number, earlier: number): number {
  const pairs = newer * earlier;
  if (u <= 0) return 1;
  if (u > pairs) return 0;
  // The distribution is symmetric, and its lower end is made of exact small integers.
  return cumulative(newer, earlier)[pairs - Math.ceil(u)];
}

/** The fewest pairs that have a probability of at most `level`; Infinity where even all of them have a larger one. */
export function criticalPairs(level: number, newer: number, earlier: number): number {
  const below = cumulative(newer, earlier);
  let missing = -1;
  while (missing + 1 < below.length && below[missing + 1] <= level) missing++;
  return missing < 0 ? Infinity : newer * earlier - missing;
}

const kept = new Map<string, Float64Array>();

/**
 * Probability of each number of pairs or fewer. The number of arrangements with u pairs is the coefficient of q^u in the product
 * over i = 1..newer of (1 - q^(earlier + i)) / (1 - q^i) (Harding, Appl Statist 1984;33:1).
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
