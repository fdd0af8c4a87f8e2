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
  const mean = finite.reduce((sum, value) => sum + value, 0) / n;
  const squares = finite.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const [lowerQuartile, median, upperQuartile] = quantiles(finite, [0.25, 0.5, 0.75]);
  return { n, mean, sd: n > 1 ? Math.sqrt(squares / (n - 1)) : NaN, median, lowerQuartile, upperQuartile };
}
