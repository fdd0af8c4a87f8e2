import type { Metric } from '../contracts/metric.ts';
import { errorMoments } from './weighted/error-moments.ts';
import { parameterUnit } from './weighted/parameter-unit.ts';

const sd: Metric = {
  label: 'standard deviation of the error',
  definition: 'standard deviation of estimate minus truth (divisor n - 1) over voxels that did not fail',
  unit: parameterUnit,
  over(sample) {
    const moments = errorMoments(sample);
    return (weights) => {
      const { scatter, weight } = moments(weights);
      return weight > 1 ? Math.sqrt(scatter / (weight - 1)) : NaN;
    };
  },
};
export default sd;
