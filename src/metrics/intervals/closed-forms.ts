import type { ErrorSample, Interval } from '../../contracts/metric.ts';
import { intervalOfMeans, productOfPowers } from '../../statistics/interval-of-means.ts';
import { Z95 } from '../../statistics/normal.ts';
import { oncePer } from '../weighted/once-per.ts';
import { errorsOf } from '../weighted/errors-of.ts';
import { ascending } from '../weighted/quantile.ts';

/** Intervals over voxels without a bootstrap, each null where its closed form does not hold. See docs/statistics.md. */

/** Of the mean error. */
export function biasInterval(sample: ErrorSample): Interval | null {
  return intervalOfMeans(finiteErrors(sample), 1, ([mean]) => ({
    value: mean,
    gradient: [1],
    hessian: [[0]],
  }));
}

/** Of the standard deviation of the error: the root of a function of the means of e - mean(e) and of its square. */
export function sdInterval(sample: ErrorSample): Interval | null {
  const errors = finiteErrors(sample);
  const n = errors.length;
  const centre = errors.reduce((sum, error) => sum + error, 0) / n;
  const table = new Float64Array(2 * n);
  errors.forEach((error, i) => {
    table[2 * i] = error - centre;
    table[2 * i + 1] = (error - centre) ** 2;
  });
  const ratio = n / (n - 1);
  return rootOf(
    intervalOfMeans(table, 2, ([mean, square]) => ({
      value: ratio * (square - mean * mean),
      gradient: [-2 * ratio * mean, ratio],
      hessian: [
        [-2 * ratio, 0],
        [0, 0],
      ],
    })),
  );
}

/** Of the root mean squared error: the root of a mean. */
export function rmseInterval(sample: ErrorSample): Interval | null {
  const squares = finiteErrors(sample).map((error) => error * error);
  return rootOf(intervalOfMeans(squares, 1, (means) => productOfPowers(means, [1])));
}

/** Of the normalised one: the root of a mean over the square of another. */
export function nrmseInterval({ estimate, truth }: ErrorSample): Interval | null {
  const table: number[] = [];
  estimate.forEach((value, i) => {
    if (Number.isFinite(value)) table.push((value - truth[i]) ** 2, truth[i]);
  });
  return rootOf(intervalOfMeans(Float64Array.from(table), 2, (means) => productOfPowers(means, [1, -2])));
}

/**
 * Of the ratio of the RMSE of two fits of the same voxels: the root of a ratio of ratios, since either may have failed in voxels
 * of its own.
 */
export function rmseRatioInterval(own: ErrorSample, other: ErrorSample): Interval | null {
  const n = own.truth.length;
  const table = new Float64Array(4 * n);
  for (let i = 0; i < n; i++) {
    const [a, b] = [own.estimate[i] - own.truth[i], other.estimate[i] - other.truth[i]];
    if (Number.isFinite(a)) table.set([a * a, 1], 4 * i);
    if (Number.isFinite(b)) table.set([b * b, 1], 4 * i + 2);
  }
  return rootOf(intervalOfMeans(table, 4, (means) => productOfPowers(means, [1, -1, -1, 1])));
}

/** With fewer voxels, the discrete distribution of the median shows. */
const FEWEST_RANKED = 200;

/**
 * Of the median absolute error: between the order statistics whose ranks are 1.96 standard deviations of the binomial
 * distribution of n with probability 1/2 from the middle, which is the bootstrap's interval of a median nearly (David and
 * Nagaraja, Order Statistics, 2003, section 7.1).
 */
export function medianAbsoluteErrorInterval(sample: ErrorSample): Interval | null {
  const sorted = ascending(errorsOf(sample).absolute);
  const n = sorted.length;
  if (n < FEWEST_RANKED) return null;
  const at = (rank: number) => {
    const below = Math.floor(rank);
    return sorted[below] + (rank - below) * (sorted[below + 1] - sorted[below]);
  };
  const reach = (Z95 * Math.sqrt(n)) / 2;
  return { low: at((n - 1) / 2 - reach), high: at((n - 1) / 2 + reach) };
}

/** Estimate minus truth of the voxels that did not fail. */
const finiteErrors = oncePer((sample: ErrorSample) => errorsOf(sample).signed.filter(Number.isFinite));

/** The same interval of the square root; the quantiles of a monotonic function are those of its argument, transformed. */
function rootOf(interval: Interval | null): Interval | null {
  return interval && { low: Math.sqrt(Math.max(0, interval.low)), high: Math.sqrt(interval.high) };
}
