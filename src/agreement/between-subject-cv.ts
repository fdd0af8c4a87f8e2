import { coefficientOfVariation } from 'simple-statistics';
import { finiteSample, isConstant } from './finite-sample.ts';

/**
 * Coefficient of variation between subjects, as a fraction: sample standard deviation (n - 1) over the mean's size. 0
 * for constant values, NaN where all are 0, Infinity where only their mean is.
 *
 * @param values one per subject, raters averaged before
 * @throws InputError for fewer than two subjects and values that are not finite
 */
export function betweenSubjectCv(values: ArrayLike<number>): number {
  const sample = finiteSample(values, 'subjects', 2);
  if (isConstant(sample)) return sample[0] === 0 ? NaN : 0;
  return Math.abs(coefficientOfVariation(sample));
}
