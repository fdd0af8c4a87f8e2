import type { ErrorSample, Metric } from '../contracts/metric.ts';
import { NO_INTERVAL_FRACTION } from '../measures/intervals.ts';
import { shareInterval } from '../statistics/share-interval.ts';
import { centralInterval } from './intervals/central-interval.ts';
import { failedVoxels, weightSum } from './weighted/weight-sum.ts';

const noIntervalFraction: Metric = {
  ...NO_INTERVAL_FRACTION,
  needs: 'intervals',
  interval(sample) {
    const n = sample.estimate.length;
    const [failed, silent] = [failedVoxels(sample.estimate), withoutInterval(sample)];
    return shareInterval(silent.length - failed.length, n - failed.length);
  },
  over(sample) {
    const n = sample.estimate.length;
    const failed = failedVoxels(sample.estimate);
    const silent = withoutInterval(sample);
    return (weights) => {
      const fitted = weightSum(weights, n, failed);
      return (fitted - weightSum(weights, n, silent)) / fitted;
    };
  },
};
export default noIntervalFraction;

/** Indices of the voxels without an interval, failed ones among them. */
const withoutInterval = (sample: ErrorSample): Uint32Array =>
  failedVoxels(centralInterval(sample, 0.95).width);
