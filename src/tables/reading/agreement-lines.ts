import type { Row } from '../../contracts/metric.ts';
import type { ValueWithInterval, Named } from '../../contracts/table.ts';
import { compareQuantities } from '../../contracts/row-order.ts';
import { quantityHeading } from '../../measures/quantities.ts';
import { bySession, sessionText } from './session-display.ts';
import { byName } from './series.ts';
import { withInterval } from './with-interval.ts';

/** The statistics of one method, session and parameter over all regions. */
export interface AgreementLine {
  readonly method: string;
  readonly session: string;
  readonly parameter: string;
  /** By metric. */
  readonly rows: ReadonlyMap<string, Row>;
}

/**
 * Groups rows of agreement by parameter, session and method, sorted in this order. Rows of single regions and of pairs of readers
 * are omitted, as are lines without any of `metrics`.
 */
export function agreementLines(rows: readonly Row[], metrics: readonly string[]): AgreementLine[] {
  const found = new Map<string, AgreementLine & { readonly rows: Map<string, Row> }>();
  for (const row of rows) {
    const { method, parameter, factors, metric } = row;
    if (parameter === '' || factors.session === undefined || !metrics.includes(metric)) continue;
    if (Object.keys(factors).length > 1) continue;
    const session = String(factors.session);
    const key = JSON.stringify([method, session, parameter]);
    const line = found.get(key) ?? { method, session, parameter, rows: new Map<string, Row>() };
    line.rows.set(metric, row);
    found.set(key, line);
  }
  return [...found.values()].sort(
    (a, b) =>
      compareQuantities(a.parameter, b.parameter) ||
      bySession(a.session, b.session) ||
      byName(a.method, b.method),
  );
}

/** Returns the line of another method for the same session and parameter. */
export const counterpart = (
  lines: readonly AgreementLine[],
  { session, parameter }: AgreementLine,
  method: string | undefined,
): AgreementLine | undefined =>
  lines.find((line) => line.method === method && line.session === session && line.parameter === parameter);

/** Returns a statistic with its interval, times `scale`; null if the line does not have it. */
export function intervalOf({ rows }: AgreementLine, metric: string, scale = 1): ValueWithInterval | null {
  const row = rows.get(metric);
  if (row === undefined || Number.isNaN(row.value)) return null;
  return withInterval(row, scale);
}

/** Returns the first cells of a line: parameter, field and method. */
export function aboutLine({ parameter, session, method }: AgreementLine): (string | Named)[] {
  return [
    { raw: parameter, shown: quantityHeading(parameter) },
    { raw: session, shown: sessionText(session) },
    method,
  ];
}
