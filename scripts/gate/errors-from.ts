import { median } from 'simple-statistics';

/** Root mean square and median of the absolute errors of the voxels that did not fail. */
export function errorsFrom(estimates: Float64Array, truth: Float64Array): [rmse: number, middle: number] {
  const errors = [...estimates].map((value, i) => Math.abs(value - truth[i])).filter(Number.isFinite);
  if (errors.length === 0) return [NaN, NaN];
  const squares = errors.reduce((sum, error) => sum + error * error, 0);
  return [Math.sqrt(squares / errors.length), median(errors)];
}
