import type { Interval } from '../../contracts/metric.ts';

/** 97.5 % quantile of the normal distribution. */
const Z = 1.959963984540054;

/**
 * Computes the 95 % interval of a proportion, `count` of `n`, by Wilson's score (J Am Stat Assoc 1927;22:209-212). Unlike a
 * bootstrap interval it has a width if the count is 0 or `n`, and it is fast. NaN if `n` is 0.
 */
export function shareInterval(count: number, n: number): Interval {
  const centre = (count + Z ** 2 / 2) / (n + Z ** 2);
  const reach = (Z / (n + Z ** 2)) * Math.sqrt((count * (n - count)) / n + Z ** 2 / 4);
  // Exactly 0 and 1, regardless of rounding.
  return { low: count === 0 ? 0 : centre - reach, high: count === n && n > 0 ? 1 : centre + reach };
}
