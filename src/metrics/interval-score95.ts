import type { ErrorSample, Metric } from '../contracts/metric.ts';
import { INTERVAL_SCORE95 } from '../measures/intervals.ts';
import { centralInterval } from './intervals/central-interval.ts';
import { meanScore, meanScoreInterval } from './intervals/mean-score.ts';
import { oncePer } from './weighted/once-per.ts';

/** Two over the probability outside the interval. */
const PENALTY = 40;

const intervalScore95: Metric = {
  ...INTERVAL_SCORE95,
  needs: 'intervals',
  interval: (sample) => meanScoreInterval(scores(sample)),
  over: (sample) => meanScore(scores(sample)),
};
export default intervalScore95;

const scores = oncePer((sample: ErrorSample): Float64Array => {
  const { low, high, width } = centralInterval(sample, 0.95);
  return sample.truth.map((truth, i) => {
    const outside = Math.max(0, low[i] - truth, truth - high[i]);
    return width[i] + PENALTY * outside;
  });
});
