import { median } from 'simple-statistics';

/**
 * Returns the shift of new values relative to earlier ones: the median of all differences (Hodges and Lehmann, Ann Math Statist
 * 1963;34:598).
 */
export function locationShift(newer: readonly number[], earlier: readonly number[]): number {
  return median(newer.flatMap((a) => earlier.map((b) => a - b)));
}
