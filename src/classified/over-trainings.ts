import { median } from 'simple-statistics';

/** Median of the finite values; NaN without any. */
export function medianOf(values: readonly number[]): number {
  const finite = values.filter(Number.isFinite);
  return finite.length === 0 ? NaN : median(finite);
}

/** The lowest and the highest of the finite values, where there are several. */
export function spanOf(values: readonly number[]): { low: number; high: number } {
  const finite = values.filter(Number.isFinite);
  return finite.length < 2
    ? { low: NaN, high: NaN }
    : { low: Math.min(...finite), high: Math.max(...finite) };
}
