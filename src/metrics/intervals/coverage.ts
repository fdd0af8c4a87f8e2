import type { ErrorSample, Metric } from '../../contracts/metric.ts';
import { shareInterval } from '../../statistics/share-interval.ts';
import { failedVoxels, weightSum } from '../weighted/weight-sum.ts';
import { centralInterval, type Nominal } from './central-interval.ts';

/** How often the truth lies within the fitter's own central interval of that probability. */
export function coverage(nominal: Nominal): Metric {
  const percent = 100 * nominal;
  return {
    label: `coverage of ${percent} % intervals`,
    definition: `share of the voxels with an interval whose central ${percent} % interval holds the truth: between the fitter's quantiles, or of a normal distribution with its standard deviation`,
    unit: () => '',
    needs: 'intervals',
    interval(sample) {
      const { silent, missed } = outside(sample, nominal);
      const n = sample.truth.length;
      return shareInterval(n - missed.length, n - silent.length);
    },
    over(sample) {
      const { silent, missed } = outside(sample, nominal);
      const n = sample.truth.length;
      return (weights) => weightSum(weights, n, missed) / weightSum(weights, n, silent);
    },
  };
}

/** Places of the voxels without an interval, and of these and those whose interval misses the truth. */
function outside(sample: ErrorSample, nominal: Nominal): { silent: Uint32Array; missed: Uint32Array } {
  const { low, high } = centralInterval(sample, nominal);
  const { truth } = sample;
  return {
    silent: failedVoxels(low.map((from, i) => high[i] - from)),
    missed: failedVoxels(truth.map((value, i) => (low[i] <= value && value <= high[i] ? 0 : NaN))),
  };
}
