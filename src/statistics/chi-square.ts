import { normalUpperTail } from './normal.ts';

/**
 * Probability that a chi-square variable with `df` degrees of freedom exceeds `x`: the finite sums for whole numbers of degrees
 * (Abramowitz and Stegun 1964, 26.4.4 and 26.4.5), each term from the logarithm of the one before, so that none overflows. NaN
 * if `df` is below 1 or `x` is NaN.
 *
 * @param df a whole number
 */
export function chiSquareUpperTail(x: number, df: number): number {
  if (!(df >= 1) || Number.isNaN(x)) return NaN;
  if (x <= 0) return 1;
  if (x === Infinity) return 0;
  const half = x / 2;
  const isEven = df % 2 === 0;
  let sum = isEven ? 0 : 2 * normalUpperTail(Math.sqrt(x));
  // The terms are (x/2)^j / Gamma(j + 1) exp(-x/2), over j = 0, 1, … below df/2, or j = 1/2, 3/2, … below it.
  let j = isEven ? 0 : 0.5;
  let log = -half + (isEven ? 0 : 0.5 * Math.log(half) - LOG_GAMMA_OF_3_HALVES);
  for (; j < df / 2; j++) {
    sum += Math.exp(log);
    log += Math.log(half / (j + 1));
  }
  return Math.min(1, sum);
}

/** log Gamma(3/2) = log(sqrt(pi) / 2). */
const LOG_GAMMA_OF_3_HALVES = 0.5 * Math.log(Math.PI) - Math.LN2;

/** Euler's constant. */
const EULER = 0.5772156649015329;

/** The mean of the logarithm of a chi-squared variable with a whole number of degrees of freedom: digamma(d / 2) + log 2. */
export function meanLogChiSquared(degrees: number): number {
  // From digamma(1/2) = -gamma - 2 log 2 or digamma(1) = -gamma by digamma(x + 1) = digamma(x) + 1 / x.
  let mean = degrees % 2 === 1 ? -EULER - Math.LN2 : -EULER + Math.LN2;
  for (let d = degrees % 2 === 1 ? 1 : 2; d < degrees; d += 2) mean += 2 / d;
  return mean;
}
