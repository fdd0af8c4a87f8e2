import type { Metric } from '../contracts/metric.ts';
import { errorMoments } from './weighted/error-moments.ts';
import { parameterUnit } from './weighted/parameter-unit.ts';

const bias: Metric = {
  label: 'bias',
  definition: 'mean of estimate minus truth over voxels that did not fail',
  unit: parameterUnit,
  over(sample) {
    const moments = errorMoments(sample);
    return (weights) => moments(weights).bias;
  },
};
export default bias;
