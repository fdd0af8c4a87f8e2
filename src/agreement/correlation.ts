import { sampleCorrelation } from 'simple-statistics';
import { finitePairs, isConstant } from './finite-sample.ts';

/**
 * Pearson's correlation of estimates with the truth. NaN where either never varies: an estimator that answers the same
 * whatever it is shown has no correlation, however small its spread.
 *
 * @throws InputError for fewer than two pairs, unequal numbers, and values that are not finite
 */
export function correlation(estimates: ArrayLike<number>, truth: ArrayLike<number>): number {
  const [y, x] = finitePairs(estimates, truth, ['estimates', 'true values'], 2);
  if (isConstant(y) || isConstant(x)) return NaN;
  // Rounding can carry a perfect correlation beyond 1.
  return Math.min(1, Math.max(-1, sampleCorrelation(x, y)));
}
