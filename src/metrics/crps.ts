import type { Metric } from '../contracts/metric.ts';
import { CRPS } from '../measures/intervals.ts';
import { meanScore, meanScoreInterval } from './intervals/mean-score.ts';
import { againstTruth } from './intervals/reported-distribution.ts';

const crps: Metric = {
  ...CRPS,
  needs: 'intervals',
  interval: (sample) => meanScoreInterval(againstTruth(sample).crps),
  over: (sample) => meanScore(againstTruth(sample).crps),
};
export default crps;
