import type { Row } from '../../contracts/metric.ts';
import type { Column, Line, TableValue, ValueWithInterval } from '../../contracts/table.ts';
import { NRMSE_PERCENT, REGULARISER_NAMES, ZERO_FILLED } from '../../measures/reconstruction.ts';
import { numericFactor } from './factor.ts';
import { IMAGE_SETS } from './image-methods.ts';
import { byName } from './series.ts';
import { withInterval } from './with-interval.ts';

/** What has no network, from the simplest on; networks come after it. */
const FIRST: readonly string[] = [ZERO_FILLED, ...Object.values(REGULARISER_NAMES)];

/** The methods that reconstruct undersampled images in a study: without a network, then networks. */
export function reconstructionMethods(rows: readonly Row[]): string[] {
  const names = new Set(
    rows.flatMap(({ metric, method }) => (metric === NRMSE_PERCENT.name ? [method] : [])),
  );
  const place = (name: string) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);
  return [...names].sort((a, b) => place(a) - place(b) || byName(a, b));
}

export const isNetwork = (method: string): boolean => !FIRST.includes(method);

/** A receiver and how much it measures. */
export interface Arm {
  readonly coils: number;
  readonly acceleration: number;
}

/** Receivers and accelerations of a study, in ascending order, without those that something was changed for. */
export function armsOf(rows: readonly Row[]): Arm[] {
  const arms = new Map<string, Arm>();
  for (const row of rows) {
    if (row.metric !== NRMSE_PERCENT.name || row.factors.changed !== undefined) continue;
    const arm = { coils: numericFactor(row, 'coils'), acceleration: numericFactor(row, 'acceleration') };
    arms.set(JSON.stringify(arm), arm);
  }
  return [...arms.values()].sort((a, b) => a.coils - b.coils || a.acceleration - b.acceleration);
}

/** One value of a method under some factors, `changed` being absent where it is not among them. */
export function reconstructionValue(
  rows: readonly Row[],
  method: string,
  { name }: { readonly name: string },
  factors: Row['factors'],
): ValueWithInterval | null {
  const found = rows.find(
    (row) =>
      row.method === method &&
      row.metric === name &&
      Number.isFinite(row.value) &&
      Object.entries(factors).every(([factor, value]) => row.factors[factor] === value) &&
      ('changed' in factors || row.factors.changed === undefined),
  );
  return withInterval(found);
}

/** The columns that say what a line of a reconstruction is of: the beginning of tables with a line per set, receiver, acceleration and method. */
export const RECONSTRUCTION_COLUMNS: readonly Column[] = [
  { name: 'set', label: 'Subjects' },
  { name: 'coils', label: 'Coils' },
  { name: 'acceleration', label: 'Acceleration' },
  { name: 'method', label: 'Method' },
];

/**
 * The lines of a table with those columns.
 * @param rest the other columns of a method, by a function that finds a measure of it; null for no line
 */
export function reconstructionLines(
  rows: readonly Row[],
  rest: (
    of: (measure: { readonly name: string }) => ValueWithInterval | null,
    line: { readonly method: string; readonly arm: Arm },
  ) => readonly TableValue[] | null,
): Line[] {
  const methods = reconstructionMethods(rows);
  return IMAGE_SETS.flatMap(([set, label]) =>
    armsOf(rows).flatMap((arm) =>
      methods.flatMap((method): Line[] => {
        const values = rest((measure) => reconstructionValue(rows, method, measure, { set, ...arm }), {
          method,
          arm,
        });
        return values === null ? [] : [{ values: [label, arm.coils, arm.acceleration, method, ...values] }];
      }),
    ),
  );
}
