import type { Row } from '../../contracts/metric.ts';
import type { Column, ValueWithInterval, Line, TableContent, TableValue } from '../../contracts/table.ts';
import { decimalText, numberText, roundedText } from './number-text.ts';

/** A formatted cell: the number, its interval if it has one, and the value to sort by. */
export interface Readable {
  readonly text: string;
  /** `low–high`, or `low to high` where one is negative; absent where there is no interval. */
  readonly interval?: string;
  readonly best: boolean;
  /** Null sorts last. */
  readonly order: string | number | null;
}

/** Rounds a cell to the column's digits, in the unit its line is shown in. */
export function readable(value: TableValue, column: Column, line: Line): Readable {
  if (value === null || Number.isNaN(value)) return { text: '', best: false, order: null };
  if (typeof value === 'string') return { text: value, best: false, order: value };
  if (typeof value === 'object' && 'shown' in value) {
    return { text: value.shown, best: false, order: value.shown };
  }
  const scale = column.scaled ? (line.scale ?? 1) : 1;
  const { digits = 3, decimals } = column;
  const rounded = (shown: number, toDigits: Rounding): string =>
    decimals === undefined ? toDigits(shown, digits) : decimalText(shown, decimals);
  if (typeof value === 'number') {
    const shown = value * scale;
    return { text: rounded(shown, numberText), best: false, order: shown };
  }
  return interval(value, scale, (shown) => rounded(shown, roundedText));
}

type Rounding = (value: number, digits: number) => string;

function interval(
  { value, low, high, best = false }: ValueWithInterval,
  scale: number,
  rounded: (value: number) => string,
): Readable {
  if (Number.isNaN(value)) return { text: '', best, order: null };
  const text = rounded(value * scale);
  const known = Number.isFinite(low) && Number.isFinite(high) && (low !== value || high !== value);
  return {
    text,
    ...(known ? { interval: rangeOf(low * scale, high * scale, rounded) } : {}),
    best,
    order: value * scale,
  };
}

/** `1.2–3.4`; with a negative end, next to which a dash would look like a sign, `−8.5 to −5.1`. */
export const rangeText = (low: number, high: number, digits: number): string =>
  rangeOf(low, high, (value) => roundedText(value, digits));

function rangeOf(low: number, high: number, rounded: (value: number) => string): string {
  const between = low < 0 || high < 0 ? ' to ' : '–';
  return `${rounded(low)}${between}${rounded(high)}`;
}

/** `1.8 (1.2–3.4)`: the value of a row with its interval. */
export const valueText = ({ value, ciLow, ciHigh }: Row, digits: number): string =>
  `${roundedText(value, digits)} (${rangeText(ciLow, ciHigh, digits)})`;

/** Returns a table without the columns that only the CSV has. */
export function shownColumns({ columns, lines }: TableContent): TableContent {
  const kept = columns.flatMap((column, i) => (column.csvOnly ? [] : [i]));
  return {
    columns: kept.map((i) => columns[i]),
    lines: lines.map((line) => ({ ...line, values: kept.map((i) => line.values[i]) })),
  };
}

/** Whether a column contains numbers, which are aligned to the right. */
export function isNumeric(values: readonly TableValue[]): boolean {
  const isText = (value: TableValue) =>
    typeof value === 'string' || (typeof value === 'object' && value !== null && 'shown' in value);
  return values.some((value) => value !== null) && !values.some(isText);
}
