import type { ErrorSample, Metric, MetricFamily } from '../contracts/metric.ts';
import { COVERAGES, type Coverage } from '../measures/intervals.ts';
import { centralInterval } from './intervals/central-interval.ts';
import { shareInterval } from '../statistics/share-interval.ts';
import { oncePer } from './weighted/once-per.ts';
import { failedVoxels, weightSum } from './weighted/weight-sum.ts';

/** How often the truth lies within the fitter's own central 50, 80 and 95 % intervals. */
const coverages: MetricFamily = {
  family: Object.fromEntries(COVERAGES.map((measure) => [measure.name, coverage(measure)])),
};
export default coverages;

function coverage({ nominal, ...measure }: Coverage): Metric {
  const outside = oncePer((sample: ErrorSample) => outsideOf(sample, nominal));
  return {
    ...measure,
    needs: 'intervals',
    interval(sample) {
      const { silent, missed } = outside(sample);
      const n = sample.truth.length;
      return shareInterval(n - missed.length, n - silent.length);
    },
    over(sample) {
      const { silent, missed } = outside(sample);
      const n = sample.truth.length;
      return (weights) => weightSum(weights, n, missed) / weightSum(weights, n, silent);
    },
  };
}

/**
 * Returns the indices of the voxels without an interval, and of the voxels that have none or whose interval misses the
 * truth.
 */
function outsideOf(
  sample: ErrorSample,
  nominal: Coverage['nominal'],
): { silent: Uint32Array; missed: Uint32Array } {
  const { low, high, width } = centralInterval(sample, nominal);
  const { truth } = sample;
  return {
    silent: failedVoxels(width),
    missed: failedVoxels(truth.map((value, i) => (low[i] <= value && value <= high[i] ? 0 : NaN))),
  };
}
