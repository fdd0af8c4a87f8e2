import { mean, sampleStandardDeviation } from 'simple-statistics';
import { twoSidedT } from '../statistics/f-distribution.ts';
import { finitePairs, isConstant } from './finite-sample.ts';
import { requireConfidence } from './confidence-interval.ts';
import type { EstimateWithInterval } from './confidence-interval.ts';

/** Agreement of two measurements of the same quantities, in their unit. */
export interface BlandAltman {
  readonly n: number;
  /** Mean difference, first - second. */
  readonly bias: EstimateWithInterval;
  /** Sample standard deviation of the differences. */
  readonly sd: number;
  /** 95 % limits of agreement: bias - 1.96 sd and bias + 1.96 sd. */
  readonly lower: EstimateWithInterval;
  readonly upper: EstimateWithInterval;
}

/**
 * Computes the bias and the 95 % limits of agreement (Bland and Altman, Lancet 1986; 1:307) with intervals from Student's
 * distribution: the variance of a limit is sd² (1/n + 1.96² / (2 (n - 1))) (Bland and Altman, Stat Methods Med Res 1999;
 * 8:135). Pairs are assumed independent.
 *
 * @param confidence of the intervals, between 0 and 1; the limits remain those of 95 % of differences
 * @throws InputError for fewer than two pairs, unequal numbers, values that are not finite, or an invalid confidence
 */
export function blandAltman(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  confidence = 0.95,
): BlandAltman {
  requireConfidence(confidence);
  const [a, b] = finitePairs(first, second, ['first measurements', 'second measurements'], 2);
  const n = a.length;
  const differences = a.map((value, i) => value - b[i]);
  const constant = isConstant(differences);
  const bias = constant ? differences[0] : mean(differences);
  const sd = constant ? 0 : sampleStandardDeviation(differences);
  const t = twoSidedT(confidence, n - 1);
  const around = (value: number, variances: number): EstimateWithInterval => {
    const reach = t * sd * Math.sqrt(variances);
    return { value, low: value - reach, high: value + reach };
  };
  const ofLimit = 1 / n + 1.96 ** 2 / (2 * (n - 1));
  return {
    n,
    bias: around(bias, 1 / n),
    sd,
    lower: around(bias - 1.96 * sd, ofLimit),
    upper: around(bias + 1.96 * sd, ofLimit),
  };
}
