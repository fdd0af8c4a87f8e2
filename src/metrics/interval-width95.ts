import type { Metric } from '../contracts/metric.ts';
import { centralInterval } from './intervals/central-interval.ts';
import { parameterUnit } from './weighted/parameter-unit.ts';
import { weightedQuantile } from './weighted/quantile.ts';

const intervalWidth95: Metric = {
  label: 'median width of 95 % intervals',
  definition: 'median width of the central 95 % intervals: sharpness, worth something only beside coverage',
  unit: parameterUnit,
  needs: 'intervals',
  interval: false,
  over(sample) {
    const { low, high } = centralInterval(sample, 0.95);
    // Not the mean: where the curvature nearly vanishes, one voxel's width outweighs all others'.
    return weightedQuantile(
      low.map((from, i) => high[i] - from),
      0.5,
    );
  },
};
export default intervalWidth95;
