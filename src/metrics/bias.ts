import type { Metric } from '../contracts/metric.ts';
import { BIAS } from '../measures/errors.ts';
import { errorMoments } from './weighted/error-moments.ts';

const bias: Metric = {
  ...BIAS,
  over(sample) {
    const moments = errorMoments(sample);
    return (weights) => moments(weights).bias;
  },
};
export default bias;
