import type { Metric, MetricFamily } from '../contracts/metric.ts';
import { ERROR_QUANTILES, type ErrorQuantile } from '../measures/errors.ts';
import { errorsOf } from './weighted/errors-of.ts';
import { weightedQuantile } from './weighted/quantile.ts';

/** Quantiles of estimate minus truth: the five that draw a box plot with its whiskers. */
const errorQuantiles: MetricFamily = {
  family: Object.fromEntries(ERROR_QUANTILES.map((measure) => [measure.name, errorQuantile(measure)])),
};
export default errorQuantiles;

function errorQuantile({ level, ...measure }: ErrorQuantile): Metric {
  return {
    ...measure,
    interval: false,
    over: (sample) => weightedQuantile(errorsOf(sample).signed, level),
  };
}
