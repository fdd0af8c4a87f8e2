import type { Metric } from '../contracts/metric.ts';
import { errorMoments } from './weighted/error-moments.ts';
import { parameterUnit } from './weighted/parameter-unit.ts';

const rmse: Metric = {
  label: 'root mean squared error',
  definition: 'square root of the mean of (estimate - truth)² over voxels that did not fail',
  unit: parameterUnit,
  over(sample) {
    const moments = errorMoments(sample);
    return (weights) => Math.sqrt(moments(weights).meanSquare);
  },
};
export default rmse;
