import { fUpperTail } from '../../statistics/f-distribution.ts';
import { percentileInterval } from '../../metrics/resampling/percentile-interval.ts';

/** Comparison of two fitters' errors on the same voxels. */
export interface RmseRatio {
  /** RMSE over the voxels on which neither failed. */
  readonly first: number;
  readonly second: number;
  /** Second over first, with the 95 % percentile interval of the bootstrap over voxels. */
  readonly ratio: number;
  readonly ciLow: number;
  readonly ciHigh: number;
  /** Two-sided p value for equal RMSEs; 1 if all errors are identical, NaN if there are none. */
  readonly p: number;
  /** Number of voxels on which neither failed. */
  readonly n: number;
}

/** The result if one or the other failed on every voxel. */
const NOTHING: RmseRatio = { first: NaN, second: NaN, ratio: NaN, ciLow: NaN, ciHigh: NaN, p: NaN, n: 0 };

/**
 * Computes the ratio of two RMSEs by a paired bootstrap (Efron and Tibshirani 1993, ch. 8 and 13): a voxel is drawn with both
 * of its errors, so that voxels that are difficult for both do not widen the interval. p is that of t = log(ratio) /
 * SD(log(ratio) of the resamples) with n - 1 degrees of freedom.
 *
 * @param first errors, NaN where the voxel failed
 * @param second the same voxels in the same order
 * @param resamples how often each voxel was drawn, one array per resample
 */
export function rmseRatio(
  first: Float64Array,
  second: Float64Array,
  resamples: Iterable<Uint8Array>,
): RmseRatio {
  const both = first.map((error, i) => Number(Number.isFinite(error) && Number.isFinite(second[i])));
  const squares = (errors: Float64Array) => errors.map((error, i) => (both[i] ? error * error : 0));
  const [a, b] = [squares(first), squares(second)];
  const n = both.reduce((sum, used) => sum + used, 0);
  if (n === 0) return NOTHING;
  const root = (sum: number) => Math.sqrt(sum / n);
  const rmse = [a, b].map((values) => root(values.reduce((sum, value) => sum + value, 0)));
  const logs = Float64Array.from(
    resamples,
    (counts) => 0.5 * Math.log(weighted(b, counts) / weighted(a, counts)),
  );
  const { low, high } = percentileInterval(logs);
  const equal = a.every((value, i) => value === b[i]);
  const t = Math.log(rmse[1] / rmse[0]) / spread(logs);
  return {
    first: rmse[0],
    second: rmse[1],
    ratio: equal ? 1 : rmse[1] / rmse[0],
    ciLow: equal ? 1 : Math.exp(low),
    ciHigh: equal ? 1 : Math.exp(high),
    p: equal ? 1 : fUpperTail(t * t, 1, n - 1),
    n,
  };
}

function weighted(squares: Float64Array, counts: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < squares.length; i++) sum += counts[i] * squares[i];
  return sum;
}

/** Standard deviation. */
function spread(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const scatter = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(scatter / (values.length - 1));
}
