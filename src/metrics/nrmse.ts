import type { Metric } from '../contracts/metric.ts';
import { NRMSE } from '../measures/errors.ts';
import { errorMoments } from './weighted/error-moments.ts';

const nrmse: Metric = {
  ...NRMSE,
  over(sample) {
    const moments = errorMoments(sample);
    return (weights) => {
      const { meanSquare, meanTruth } = moments(weights);
      return Math.sqrt(meanSquare) / meanTruth;
    };
  },
};
export default nrmse;
