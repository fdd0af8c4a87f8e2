import { Z95 } from '../statistics/normal.ts';
import { probabilityFault, undefinedOver, type Estimate, type ScoredCases } from './estimate.ts';

/**
 * Brier score: mean squared difference between the probability of being positive and 1 or 0 (Brier, Mon Weather Rev
 * 1950;78:1, in the form for two classes), 0 being perfect. The 95 % interval is that of a mean over cases by its standard error,
 * cut off at 0 and 1.
 * @throws RangeError where a score is outside 0..1
 */
export function brier(cases: ScoredCases): Estimate {
  const { scores, positive } = cases;
  const n = scores.length;
  const fault = probabilityFault(cases);
  if (fault !== undefined) return undefinedOver(n, fault);
  const squares = Float64Array.from(scores, (p, i) => (p - Number(positive[i])) ** 2);
  const value = squares.reduce((sum, square) => sum + square, 0) / n;
  if (n < 2) return { value, low: NaN, high: NaN, n, note: 'one case only: no interval' };
  const variance = squares.reduce((sum, square) => sum + (square - value) ** 2, 0) / (n - 1);
  const reach = Z95 * Math.sqrt(variance / n);
  return { value, low: Math.max(0, value - reach), high: Math.min(1, value + reach), n };
}
