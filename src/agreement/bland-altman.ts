import { mean, sampleStandardDeviation } from 'simple-statistics';
import { twoSidedT } from '../statistics/f-distribution.ts';
import { finitePairs, isConstant } from './finite-sample.ts';
import { requireConfidence } from './confidence-interval.ts';
import type { EstimateWithInterval } from './confidence-interval.ts';
import { RECIPROCAL_SQUARE } from '../statistics/jackknife.ts';
import { subjectJackknife } from './subject-jackknife.ts';

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

/**
 * The same with intervals over subjects, several of whose pairs may be alike: jackknife intervals of the bias and of
 * the standard deviation, from which those of the limits follow by the method of variance estimates recovery (Zou, Stat Methods
 * Med Res 2013;22:630). The limits stay those of 95 % of the differences.
 *
 * @param subjects the subject of each pair
 * @throws InputError as `blandAltman`, and for fewer than two subjects
 */
export function blandAltmanBySubject(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  subjects: readonly (string | number)[],
): BlandAltman {
  const { n, bias, sd } = blandAltman(first, second);
  const differences = (pairs: Uint32Array) => Array.from(pairs, (i) => first[i] - second[i]);
  const ofBias = subjectJackknife(subjects, (pairs) => mean(differences(pairs)));
  const ofSd = subjectJackknife(
    subjects,
    (pairs) => (pairs.length < 2 ? NaN : sampleStandardDeviation(differences(pairs))),
    RECIPROCAL_SQUARE,
  );
  const below = { bias: bias.value - ofBias.low, sd: 1.96 * (sd - ofSd.low) };
  const above = { bias: ofBias.high - bias.value, sd: 1.96 * (ofSd.high - sd) };
  const lower = bias.value - 1.96 * sd;
  const upper = bias.value + 1.96 * sd;
  return {
    n,
    bias: { ...ofBias, value: bias.value },
    sd,
    lower: {
      value: lower,
      low: lower - Math.hypot(below.bias, above.sd),
      high: lower + Math.hypot(above.bias, below.sd),
    },
    upper: {
      value: upper,
      low: upper - Math.hypot(below.bias, below.sd),
      high: upper + Math.hypot(above.bias, above.sd),
    },
  };
}
