import type { Interval } from '../contracts/metric.ts';
import { twoSidedT } from './f-distribution.ts';

/** A scale on which a statistic is nearly normal: a monotonic function and its inverse. */
export interface Scale {
  to(value: number): number;
  from(scaled: number): number;
}

/** Differences, biases, slopes. */
export const PLAIN: Scale = { to: (value) => value, from: (scaled) => scaled };

/** Coefficients of variation, which are above 0. */
export const LOGARITHMIC: Scale = { to: Math.log, from: Math.exp };

/**
 * Root mean squares whose terms are alike within a unit: few units with large terms dominate both the statistic and its error, which
 * then grows faster than the statistic. On the scale of one over the square the error is nearly constant.
 */
export const RECIPROCAL_SQUARE: Scale = {
  to: (value) => -1 / value ** 2,
  from: (scaled) => (scaled < 0 ? 1 / Math.sqrt(-scaled) : Infinity),
};

/** Correlations (Fisher 1915). */
export const FISHER: Scale = { to: Math.atanh, from: Math.tanh };

/** Correlations near 1 that mostly show differences between groups: the ratio (1 + r) / (1 - r), whose logarithm is twice Fisher's z. */
export const CORRELATION_RATIO: Scale = {
  to: (r) => (1 + r) / (1 - r),
  from: (ratio) => (Math.max(0, ratio) - 1) / (Math.max(0, ratio) + 1),
};

/**
 * The 95 % interval of a statistic of n independent units, from its values without each of them: Student's interval of the
 * jackknife with n - 1 degrees of freedom (Tukey 1958; Efron and Tibshirani 1993, ch. 11) on a scale where the statistic is
 * nearly normal. If no unit makes a difference, the limits are the value; if the statistic is not defined without one of them,
 * or infinite on the scale, they are NaN.
 *
 * @param corrected centres the interval on the statistic less its bias as the jackknife estimates it (Quenouille 1956)
 */
export function jackknifeInterval(
  value: number,
  without: readonly number[],
  scale: Scale,
  corrected = false,
): Interval {
  if (without.every((each) => each === value)) return { low: value, high: value };
  const n = without.length;
  const scaled = without.map((each) => scale.to(each));
  const mean = scaled.reduce((sum, each) => sum + each, 0) / n;
  const scatter = scaled.reduce((sum, each) => sum + (each - mean) ** 2, 0);
  const reach = twoSidedT(0.95, n - 1) * Math.sqrt(((n - 1) / n) * scatter);
  const centre = scale.to(value) + (corrected ? (n - 1) * (scale.to(value) - mean) : 0);
  const [low, high] = [scale.from(centre - reach), scale.from(centre + reach)];
  return Number.isNaN(low + high) ? { low: NaN, high: NaN } : { low, high };
}
