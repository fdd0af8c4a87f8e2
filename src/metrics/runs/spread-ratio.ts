import { sampleStandardDeviation } from 'simple-statistics';

/** Standard deviation of the finite estimates over that of the truth: below 1 where a fitter draws all towards the middle. */
export function spreadRatio(estimates: Float64Array, truth: Float64Array): number {
  const finite = [...estimates].filter(Number.isFinite);
  return finite.length < 2 ? NaN : sampleStandardDeviation(finite) / sampleStandardDeviation([...truth]);
}

/** Share of the finite estimates outside a range. */
export function shareOutside(estimates: Float64Array, [low, high]: readonly [number, number]): number {
  const finite = estimates.filter(Number.isFinite);
  return finite.filter((value) => value < low || value > high).length / finite.length;
}
