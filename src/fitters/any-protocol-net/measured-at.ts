/** Where signals were measured, and how often. */
export interface MeasuredAt {
  /** s/mm², ascending, each once, the first 0. */
  readonly bValues: Float64Array;
  /** How many measurements each signal is the mean of, above 0. */
  readonly repeats: Float64Array;
}

/** Root of each b-value's share in all measurements: what signals are multiplied with to have noise alike. */
export function rootShares({ repeats }: MeasuredAt): Float64Array {
  const all = repeats.reduce((sum, count) => sum + count);
  return repeats.map((count) => Math.sqrt(count / all));
}

/** Measurements per b-value above 0. */
export function meanRepeats(repeats: Float64Array): number {
  return repeats.subarray(1).reduce((sum, count) => sum + count) / (repeats.length - 1);
}
