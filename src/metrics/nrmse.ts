import type { Metric } from '../contracts/metric.ts';
import { NRMSE } from '../measures/errors.ts';
import { nrmseInterval } from './intervals/closed-forms.ts';
import { errorMoments } from './weighted/error-moments.ts';

const nrmse: Metric = {
  ...NRMSE,
  interval: nrmseInterval,
  over(sample) {
    const moments = errorMoments(sample);
    return (weights) => {
      const { meanSquare, meanTruth } = moments(weights);
      return Math.sqrt(meanSquare) / meanTruth;
    };
  },
};
export default nrmse;
