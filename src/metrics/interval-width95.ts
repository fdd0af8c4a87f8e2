import type { Metric } from '../contracts/metric.ts';
import { INTERVAL_WIDTH95 } from '../measures/intervals.ts';
import { centralInterval } from './intervals/central-interval.ts';
import { weightedQuantile } from './weighted/quantile.ts';

const intervalWidth95: Metric = {
  ...INTERVAL_WIDTH95,
  needs: 'intervals',
  interval: false,
  // Not the mean: if the curvature nearly vanishes, the width of a single voxel outweighs all others.
  over: (sample) => weightedQuantile(centralInterval(sample, 0.95).width, 0.5),
};
export default intervalWidth95;
