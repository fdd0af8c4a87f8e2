import type { Interval } from '../contracts/metric.ts';
import { Z95 } from '../statistics/normal.ts';
import { scoreFault, undefinedOver, type Estimate, type ScoredCases } from './estimate.ts';
import { covariance, placements } from './placements.ts';

/** An area under the ROC curve with DeLong's variance. */
export interface AucEstimate extends Estimate {
  /** NaN where a class has fewer than two cases. */
  readonly variance: number;
}

/**
 * The scale on which the interval is symmetric. `logit` never leaves 0..1 and covers better near 1 (Pepe, The
 * Statistical Evaluation of Medical Tests, 2003, section 5.2.5); `plain` is what pROC reports, cut off at 0 and 1.
 */
export type AucScale = 'logit' | 'plain';

/**
 * Area under the ROC curve: the probability that a positive case has a higher score than a negative one, a tie counting one
 * half (Mann and Whitney 1947), with the 95 % interval of DeLong, DeLong and Clarke-Pearson (Biometrics 1988;44:837)
 * over cases.
 *
 * With a class missing it is undefined. Where the scores separate the classes perfectly DeLong's variance is 0, which says
 * nothing of other cases: there is no interval then.
 */
export function auc(cases: ScoredCases, scale: AucScale = 'logit'): AucEstimate {
  const n = cases.scores.length;
  const fault = scoreFault(cases);
  if (fault !== undefined) return { ...undefinedOver(n, fault), variance: NaN };
  const { auc: value, ofPositives, ofNegatives } = placements(cases);
  const [positives, negatives] = [ofPositives.length, ofNegatives.length];
  if (positives === 0 || negatives === 0) {
    const note = `all ${n} cases are ${positives === 0 ? 'negative' : 'positive'}`;
    return { ...undefinedOver(n, note), variance: NaN };
  }
  const variance =
    covariance(ofPositives, ofPositives) / positives + covariance(ofNegatives, ofNegatives) / negatives;
  const without = (note: string) => ({ value, low: NaN, high: NaN, n, variance, note });
  if (Number.isNaN(variance)) return without('a class has one case only: no interval');
  if (variance === 0) {
    return without("DeLong's variance is 0 (perfect separation, or equal scores): no interval");
  }
  return { value, ...interval(value, variance, scale), n, variance };
}

function interval(value: number, variance: number, scale: AucScale): Interval {
  const reach = Z95 * Math.sqrt(variance);
  if (scale === 'plain') return { low: Math.max(0, value - reach), high: Math.min(1, value + reach) };
  // The delta method: the derivative of log(p / (1 - p)) is 1 / (p (1 - p)).
  const logit = Math.log(value / (1 - value));
  const reachOfLogit = reach / (value * (1 - value));
  const back = (x: number) => 1 / (1 + Math.exp(-x));
  return { low: back(logit - reachOfLogit), high: back(logit + reachOfLogit) };
}
