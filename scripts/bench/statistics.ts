import { median, quantileSorted } from 'simple-statistics';

export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** Median and extremes of a few repeats. */
export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  return { median: median(sorted), low: quantileSorted(sorted, 0), high: quantileSorted(sorted, 1) };
}
