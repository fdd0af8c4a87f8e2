import { finiteOf, quantiles } from './quantiles.ts';

/** Statistics of the finite ones of some values; NaN where there are too few. */
export interface SummaryStatistics {
  /** Number of finite values. */
  readonly n: number;
  readonly mean: number;
  /** Sample standard deviation, with n - 1. */
  readonly sd: number;
  readonly median: number;
  readonly lowerQuartile: number;
  readonly upperQuartile: number;
}

export function summaryStatistics(values: ArrayLike<number>): SummaryStatistics {
  const finite = finiteOf(values);
  const n = finite.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += finite[i];
  const mean = sum / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (finite[i] - mean) ** 2;
  const [lowerQuartile, median, upperQuartile] = quantiles(finite, [0.25, 0.5, 0.75]);
  return { n, mean, sd: n > 1 ? Math.sqrt(squares / (n - 1)) : NaN, median, lowerQuartile, upperQuartile };
}
