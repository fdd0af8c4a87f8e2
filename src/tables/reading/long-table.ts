import { from, type ColumnTable } from 'arquero';
import type { Row } from '../../contracts/metric.ts';
import { compareRows } from '../../contracts/row-order.ts';

/** Rows in long form: names of columns, and a value of each for every row. */
export interface LongForm {
  readonly names: readonly string[];
  readonly lines: readonly (readonly (string | number)[])[];
}

/**
 * Stored rows in long form. They are sorted by their content, so that the order of a config or of workers does not matter.
 * Columns: experiment, method, one per factor, parameter, metric, value, ci_low, ci_high, unit, n.
 */
export function longForm(rows: readonly Row[]): LongForm {
  const found = new Set<string>();
  for (const row of rows) for (const factor of Object.keys(row.factors)) found.add(factor);
  const factors = [...found].sort();
  return {
    names: [
      'experiment',
      'method',
      ...factors,
      'parameter',
      'metric',
      'value',
      'ci_low',
      'ci_high',
      'unit',
      'n',
    ],
    lines: rows
      .toSorted(compareRows)
      .map((row) => [
        row.experiment,
        row.method,
        ...factors.map((factor) => row.factors[factor] ?? ''),
        ...[row.parameter, row.metric, row.value, row.ciLow, row.ciHigh, row.unit, row.n],
      ]),
  };
}

/** The long form as a table of arquero. */
export function longTable(rows: readonly Row[]): ColumnTable {
  const { names, lines } = longForm(rows);
  return from(lines.map((line) => Object.fromEntries(names.map((name, i) => [name, line[i]]))));
}
