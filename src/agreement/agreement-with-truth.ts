import { sampleCorrelation, sampleCovariance, sampleVariance } from 'simple-statistics';
import { finitePairs, isConstant } from './finite-sample.ts';

/** Values less the mean of their region: what is left are the differences between subjects. */
export function centredByRegion(values: readonly number[], regions: readonly string[]): number[] {
  const sums = new Map<string, { sum: number; n: number }>();
  values.forEach((value, i) => {
    const known = sums.get(regions[i]) ?? { sum: 0, n: 0 };
    sums.set(regions[i], { sum: known.sum + value, n: known.n + 1 });
  });
  return values.map((value, i) => {
    const { sum, n } = sums.get(regions[i])!;
    return value - sum / n;
  });
}

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
