import type { Metric } from '../contracts/metric.ts';
import { centralInterval } from './intervals/central-interval.ts';
import { parameterUnit } from './weighted/parameter-unit.ts';
import { weightedMean } from './weighted/weighted-mean.ts';

const intervalWidth95: Metric = {
  label: 'mean width of 95 % intervals',
  definition:
    'mean over the voxels with an interval of the width of the central 95 % interval: sharpness, worth something only beside coverage',
  unit: parameterUnit,
  needs: 'intervals',
  over(sample) {
    const { low, high } = centralInterval(sample, 0.95);
    return weightedMean(low.map((from, i) => high[i] - from));
  },
};
export default intervalWidth95;
