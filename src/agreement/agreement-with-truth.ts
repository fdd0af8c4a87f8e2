import { sampleCorrelation, sampleCovariance, sampleVariance } from 'simple-statistics';
import { finitePairs, isConstant } from './finite-sample.ts';

/** Subtracts the mean of its region from every value: what remains are the differences between subjects. */
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
 * Computes Pearson's correlation of estimates with the truth. NaN if either is constant: an estimator that always returns the
 * same value has no correlation, however small its spread.
 *
 * @throws InputError for fewer than two pairs, unequal numbers, and values that are not finite
 */
export function correlation(estimates: ArrayLike<number>, truth: ArrayLike<number>): number {
  const [y, x] = finitePairs(estimates, truth, ['estimates', 'true values'], 2);
  if (isConstant(y) || isConstant(x)) return NaN;
  // Rounding can push a perfect correlation beyond 1.
  return Math.min(1, Math.max(-1, sampleCorrelation(x, y)));
}

/**
 * Computes the slope of the least-squares line of estimates on the truth: 1 if differences between subjects are estimated in
 * full, 0 if they are shrunk to nothing. NaN if the truth is constant.
 *
 * @throws InputError for fewer than two pairs, unequal numbers, and values that are not finite
 */
export function slopeOnTruth(estimates: ArrayLike<number>, truth: ArrayLike<number>): number {
  const [y, x] = finitePairs(estimates, truth, ['estimates', 'true values'], 2);
  if (isConstant(x)) return NaN;
  return isConstant(y) ? 0 : sampleCovariance(x, y) / sampleVariance(x);
}
