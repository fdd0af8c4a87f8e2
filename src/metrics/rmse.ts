import type { Metric } from '../contracts/metric.ts';
import { RMSE } from '../measures/errors.ts';
import { rmseInterval } from './intervals/closed-forms.ts';
import { errorMoments } from './weighted/error-moments.ts';

const rmse: Metric = {
  ...RMSE,
  interval: rmseInterval,
  over(sample) {
    const moments = errorMoments(sample);
    return (weights) => Math.sqrt(moments(weights).meanSquare);
  },
};
export default rmse;
