import { from, type ColumnTable } from 'arquero';
import type { Row } from '../../contracts/metric.ts';
import { compareRows } from '../../contracts/row-order.ts';

/**
 * Stored rows in long form. They are sorted by their content, so that the order of a config or of workers does not matter.
 * Columns: experiment, method, one per factor, parameter, metric, value, ci_low, ci_high, unit, n.
 */
export function longTable(rows: readonly Row[]): ColumnTable {
  const factors = [...new Set(rows.flatMap((row) => Object.keys(row.factors)))].sort();
  const objects = rows.toSorted(compareRows).map((row) => ({
    experiment: row.experiment,
    method: row.method,
    ...Object.fromEntries(factors.map((factor) => [factor, row.factors[factor] ?? ''])),
    parameter: row.parameter,
    metric: row.metric,
    value: row.value,
    ci_low: row.ciLow,
    ci_high: row.ciHigh,
    unit: row.unit,
    n: row.n,
  }));
  return from(objects);
}
