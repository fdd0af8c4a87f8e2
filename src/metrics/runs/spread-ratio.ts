import { sampleStandardDeviation } from 'simple-statistics';

/** Standard deviation of the finite estimates over that of the truth: below 1 where a fitter draws all towards the middle. */
export function spreadRatio(estimates: Float64Array, truth: Float64Array): number {
  const finite = [...estimates].filter(Number.isFinite);
  return finite.length < 2 ? NaN : sampleStandardDeviation(finite) / sampleStandardDeviation([...truth]);
}
