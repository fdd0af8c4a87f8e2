import { twoSidedT } from '../statistics/f-distribution.ts';
import type { Estimate } from './estimate.ts';
import { undefinedOver } from './estimate.ts';

/**
 * Mean of one value per subject, with Student's 95 % interval over subjects. Of the differences of two methods on the same subjects it is the
 * paired interval.
 */
export function meanOverSubjects(values: readonly number[]): Estimate {
  const n = values.length;
  if (n === 0) return undefinedOver(0, 'there are no subjects');
  const value = values.reduce((sum, each) => sum + each, 0) / n;
  if (n === 1) return { value, low: NaN, high: NaN, n, note: 'one subject only: no interval' };
  const variance = values.reduce((sum, each) => sum + (each - value) ** 2, 0) / (n - 1);
  const reach = twoSidedT(0.95, n - 1) * Math.sqrt(variance / n);
  return { value, low: value - reach, high: value + reach, n };
}
