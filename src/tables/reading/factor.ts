import type { Row } from '../../contracts/metric.ts';

/** A factor as a number; NaN where the row has none or it is a word. */
export function numericFactor(row: Row, factor: string): number {
  const value = row.factors[factor];
  return typeof value === 'number' ? value : NaN;
}
