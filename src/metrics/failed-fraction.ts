import type { Metric } from '../contracts/metric.ts';
import { FAILED_FRACTION } from '../measures/errors.ts';
import { shareInterval } from '../statistics/share-interval.ts';
import { failedVoxels, weightSum } from './weighted/weight-sum.ts';

const failedFraction: Metric = {
  ...FAILED_FRACTION,
  interval: ({ estimate }) => shareInterval(failedVoxels(estimate).length, estimate.length),
  over({ estimate }) {
    const n = estimate.length;
    const failed = failedVoxels(estimate);
    return (weights) => {
      const all = weightSum(weights, n, none);
      return (all - weightSum(weights, n, failed)) / all;
    };
  },
};
export default failedFraction;

const none = new Uint32Array(0);
