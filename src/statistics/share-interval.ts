import type { Interval } from '../contracts/metric.ts';
import { Z95 as Z } from './normal.ts';

/**
 * Computes the 95 % interval of a proportion, `count` of `n`, by Wilson's score (J Am Stat Assoc 1927;22:209-212). Unlike a
 * bootstrap interval it has a width if the count is 0 or `n`, and it is fast. NaN if `n` is 0.
 */
export function shareInterval(count: number, n: number): Interval {
  if (n === 0) return { low: NaN, high: NaN };
  const centre = (count + Z ** 2 / 2) / (n + Z ** 2);
  const reach = (Z / (n + Z ** 2)) * Math.sqrt((count * (n - count)) / n + Z ** 2 / 4);
  // Exactly 0 and 1, regardless of rounding.
  return { low: count === 0 ? 0 : centre - reach, high: count === n ? 1 : centre + reach };
}
