import { Mt19937 } from '../../random/mt19937.ts';
import { criticalPairs } from './tail-given-reference.ts';

export interface DetectableOptions {
  /** Number of new values. */
  readonly newer: number;
  /** Significance level of the test. */
  readonly level: number;
  /** Required probability of detecting the shift, 0..1. */
  readonly power: number;
  /** Integer 0..2³²-1. */
  readonly seed: number;
  readonly resamples?: number;
}

/**
 * Estimates the smallest shift of all new values that the rank-sum test detects with the probability `power`, from the earlier
 * values alone; Infinity if no shift is large enough.
 *
 * New values are drawn from the earlier ones with replacement; a value is never larger than its original. A draw is detected
 * under every shift beyond its `u`-th smallest difference (earlier minus new), where u is the fewest pairs that are
 * significant. Half of the allowed misses are reserved for the uncertainty of the distribution, which is known only from a
 * sample: the shift is the quantile of those at (1 + power) / 2.
 */
export function detectableShift(
  earlier: readonly number[],
  { newer, level, power, seed, resamples = 2000 }: DetectableOptions,
): number {
  const n = earlier.length;
  const pairs = criticalPairs(level, newer, n);
  if (pairs === Infinity) return Infinity;
  const random = new Mt19937(seed);
  const differences = new Float64Array(newer * n);
  const needed = Float64Array.from({ length: resamples }, () => {
    for (let i = 0, at = 0; i < newer; i++) {
      const drawn = random.below(n);
      for (let j = 0; j < n; j++) differences[at++] = j === drawn ? Infinity : earlier[j] - earlier[drawn];
    }
    return differences.sort()[pairs - 1];
  });
  return Math.max(0, needed.sort()[Math.ceil(((1 + power) / 2) * resamples) - 1]);
}
