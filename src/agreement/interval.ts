/** Limits of a confidence interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** An estimate with its confidence interval. */
export interface EstimateWithInterval extends Interval {
  readonly value: number;
}
