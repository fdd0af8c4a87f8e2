import type { Row } from '../../contracts/metric.ts';

/** Returns a factor as a number; NaN if the row does not have it, or it is text. */
export function numericFactor(row: Row, factor: string): number {
  const value = row.factors[factor];
  return typeof value === 'number' ? value : NaN;
}
