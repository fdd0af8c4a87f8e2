import { median as medianOf, sampleStandardDeviation } from 'simple-statistics';

/** Median of the finite values, averaging the middle two of an even number; NaN if there are none. */
export function median(values: readonly number[]): number {
  const finite = values.filter(Number.isFinite);
  return finite.length === 0 ? NaN : medianOf(finite);
}

/** The lowest and the highest of the finite values, if there are several. */
export function span(values: readonly number[]): { low: number; high: number } {
  const finite = values.filter(Number.isFinite);
  return finite.length < 2
    ? { low: NaN, high: NaN }
    : { low: Math.min(...finite), high: Math.max(...finite) };
}

/** Standard deviation of the finite estimates over that of the truth: below 1 for a fitter that shrinks towards the mean. */
export function spreadRatio(estimates: Float64Array, truth: Float64Array): number {
  const finite = [...estimates].filter(Number.isFinite);
  return finite.length < 2 ? NaN : sampleStandardDeviation(finite) / sampleStandardDeviation([...truth]);
}

/** Proportion of the finite estimates outside a range. */
export function shareOutside(estimates: Float64Array, [low, high]: readonly [number, number]): number {
  const finite = estimates.filter(Number.isFinite);
  return finite.filter((value) => value < low || value > high).length / finite.length;
}
