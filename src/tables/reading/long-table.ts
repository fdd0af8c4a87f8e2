import { from, type ColumnTable } from 'arquero';
import type { Row } from '../../contracts/metric.ts';
import { compareRows } from '../../contracts/row-order.ts';

/**
 * Stored rows in long form, sorted by what they say: the order of a config or of workers is gone. Columns: experiment,
 * method, one a factor, parameter, metric, value, ci_low, ci_high, unit, n.
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
