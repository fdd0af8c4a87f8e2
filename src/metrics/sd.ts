import type { Metric } from '../contracts/metric.ts';
import { SD } from '../measures/errors.ts';
import { sdInterval } from './intervals/closed-forms.ts';
import { errorMoments } from './weighted/error-moments.ts';

const sd: Metric = {
  ...SD,
  interval: sdInterval,
  over(sample) {
    const moments = errorMoments(sample);
    return (weights) => {
      const { scatter, weight } = moments(weights);
      return weight > 1 ? Math.sqrt(scatter / (weight - 1)) : NaN;
    };
  },
};
export default sd;
