import type { Metric } from '../contracts/metric.ts';
import { BIAS } from '../measures/errors.ts';
import { biasInterval } from './intervals/closed-forms.ts';
import { errorMoments } from './weighted/error-moments.ts';

const bias: Metric = {
  ...BIAS,
  interval: biasInterval,
  over(sample) {
    const moments = errorMoments(sample);
    return (weights) => moments(weights).bias;
  },
};
export default bias;
