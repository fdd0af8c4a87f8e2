import type { Metric } from '../../contracts/metric.ts';
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
    over(sample) {
      const { low, high } = centralInterval(sample, nominal);
      const width = low.map((from, i) => high[i] - from);
      const none = failedVoxels(width);
      // With the missed ones set to no number, what counts those counts misses too.
      const missed = failedVoxels(
        width.map((_, i) => (low[i] <= sample.truth[i] && sample.truth[i] <= high[i] ? 0 : NaN)),
      );
      return (weights) => weightSum(weights, width.length, missed) / weightSum(weights, width.length, none);
    },
  };
}
