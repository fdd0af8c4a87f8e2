import { median as medianOf } from 'simple-statistics';

/** Median of the finite values: the mean of the middle two of an even number. NaN without any. */
export function median(values: readonly number[]): number {
  const finite = values.filter(Number.isFinite);
  return finite.length === 0 ? NaN : medianOf(finite);
}
