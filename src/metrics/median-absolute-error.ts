import type { Metric } from '../contracts/metric.ts';
import { parameterUnit } from './weighted/parameter-unit.ts';
import { weightedQuantile } from './weighted/quantile.ts';

const medianAbsoluteError: Metric = {
  label: 'median absolute error',
  definition: 'median of |estimate - truth| over voxels that did not fail',
  unit: parameterUnit,
  over: ({ estimate, truth }) =>
    weightedQuantile(
      estimate.map((value, i) => Math.abs(value - truth[i])),
      0.5,
    ),
};
export default medianAbsoluteError;
