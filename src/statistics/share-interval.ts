import type { Interval } from '../contracts/metric.ts';
import { Z95 as Z } from './normal.ts';

/**
 * 95 % interval of a share, `count` of `n`, by Wilson's score (J Am Stat Assoc 1927;22:209-212): unlike a bootstrap's
 * it has a width where the count is 0 or `n`, and costs nothing. NaN where `n` is 0.
 */
export function shareInterval(count: number, n: number): Interval {
  if (n === 0) return { low: NaN, high: NaN };
  const centre = (count + Z ** 2 / 2) / (n + Z ** 2);
  const reach = (Z / (n + Z ** 2)) * Math.sqrt((count * (n - count)) / n + Z ** 2 / 4);
  // Exactly 0 and 1 where rounding would not leave them.
  return { low: count === 0 ? 0 : centre - reach, high: count === n ? 1 : centre + reach };
}
