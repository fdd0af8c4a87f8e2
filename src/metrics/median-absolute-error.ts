import type { Metric } from '../contracts/metric.ts';
import { MEDIAN_ABSOLUTE_ERROR } from '../measures/errors.ts';
import { medianAbsoluteErrorInterval } from './intervals/closed-forms.ts';
import { errorsOf } from './weighted/errors-of.ts';
import { weightedQuantile } from './weighted/quantile.ts';

const medianAbsoluteError: Metric = {
  ...MEDIAN_ABSOLUTE_ERROR,
  interval: medianAbsoluteErrorInterval,
  over: (sample) => weightedQuantile(errorsOf(sample).absolute, 0.5),
};
export default medianAbsoluteError;
