import { fQuantile } from './distributions/f-distribution.ts';
import type { FTest } from './icc-form.ts';
import type { Interval } from './interval.ts';

/**
 * Limits of the ratio of expected mean squares that an F test estimates: F over, and F times, a quantile of the F
 * distribution (F_L and F_U of Shrout and Fleiss 1979; McGraw and Wong 1996, table 7).
 */
export function varianceRatioInterval({ f, df1, df2 }: FTest, confidence: number): Interval {
  const upper = (1 + confidence) / 2;
  return { low: f / fQuantile(upper, df1, df2), high: f * fQuantile(upper, df2, df1) };
}

/** The correlation between single ratings that belongs to a ratio of mean squares, which is 1 where they agree perfectly. */
export const singleOfRatio = (ratio: number, raters: number): number =>
  ratio === Infinity ? 1 : (ratio - 1) / (ratio + raters - 1);

/** The reliability of averages over all raters that belongs to it. */
export const averageOfRatio = (ratio: number): number => 1 - 1 / ratio;
