import { sampleCovariance, sampleVariance } from 'simple-statistics';
import { finitePairs, isConstant } from './finite-sample.ts';

/**
 * Slope of the least-squares line of estimates on the truth: 1 where differences between subjects are estimated in full,
 * 0 where they are shrunk away. NaN where the truth never varies.
 *
 * @throws InputError for fewer than two pairs, unequal numbers, and values that are not finite
 */
export function slopeOnTruth(estimates: ArrayLike<number>, truth: ArrayLike<number>): number {
  const [y, x] = finitePairs(estimates, truth, ['estimates', 'true values'], 2);
  if (isConstant(x)) return NaN;
  return isConstant(y) ? 0 : sampleCovariance(x, y) / sampleVariance(x);
}
