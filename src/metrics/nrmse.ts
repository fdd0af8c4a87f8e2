import type { Metric } from '../contracts/metric.ts';
import { errorMoments } from './weighted/error-moments.ts';

const nrmse: Metric = {
  label: 'normalised root mean squared error',
  definition:
    'RMSE divided by the mean truth, over voxels that did not fail (as the code of Kaandorp et al. 2021 has it)',
  unit: () => '',
  over(sample) {
    const moments = errorMoments(sample);
    return (weights) => {
      const { meanSquare, meanTruth } = moments(weights);
      return Math.sqrt(meanSquare) / meanTruth;
    };
  },
};
export default nrmse;
