import { scoreFault, type ScoredCases } from './estimate.ts';

/** How many cases are classified as what. */
export interface Confusion {
  readonly truePositive: number;
  readonly falseNegative: number;
  readonly falsePositive: number;
  readonly trueNegative: number;
}

/**
 * Counts cases by their true class and by whether their score reaches the threshold.
 * @param threshold from this score on a case counts as positive
 * @throws RangeError where a score is NaN or there are not as many scores as classes
 */
export function confusion(cases: ScoredCases, threshold = 0.5): Confusion {
  const { scores, positive } = cases;
  const fault = scoreFault(cases);
  if (fault !== undefined && scores.length > 0) throw new RangeError(fault);
  const counts = { truePositive: 0, falseNegative: 0, falsePositive: 0, trueNegative: 0 };
  for (let i = 0; i < scores.length; i++) {
    const called = scores[i] >= threshold;
    if (positive[i]) counts[called ? 'truePositive' : 'falseNegative']++;
    else counts[called ? 'falsePositive' : 'trueNegative']++;
  }
  return counts;
}
