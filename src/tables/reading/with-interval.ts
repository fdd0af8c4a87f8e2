import type { Row } from '../../contracts/metric.ts';
import type { ValueWithInterval } from '../../contracts/table.ts';

/** Returns the value of a row with its interval, both times `scale`; null without a row. */
export function withInterval(row: Row, scale?: number): ValueWithInterval;
export function withInterval(row: Row | undefined, scale?: number): ValueWithInterval | null;
export function withInterval(row: Row | undefined, scale = 1): ValueWithInterval | null {
  if (row === undefined) return null;
  return { value: row.value * scale, low: row.ciLow * scale, high: row.ciHigh * scale };
}
