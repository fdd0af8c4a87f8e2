import { collate, escape, from, type ColumnTable } from 'arquero';
import type { Row } from '../../contracts/metric.ts';
import { PARAMETERS, type ParameterName } from '../../contracts/voxels.ts';
import { byName } from './series.ts';

/** Stored rows in long form, one column a factor, sorted by what they say: the order of a config or of workers is gone. */
export interface LongTable {
  readonly factors: readonly string[];
  /** experiment, fitter, factors…, parameter, metric, value, ci_low, ci_high, unit, n */
  readonly table: ColumnTable;
}

export function longTable(rows: readonly Row[]): LongTable {
  const factors = [...new Set(rows.flatMap((row) => Object.keys(row.factors)))].sort();
  const objects = rows.map((row) => ({
    experiment: row.experiment,
    fitter: row.fitter,
    ...Object.fromEntries(factors.map((factor) => [factor, row.factors[factor] ?? ''])),
    parameter: row.parameter,
    metric: row.metric,
    value: row.value,
    ci_low: row.ciLow,
    ci_high: row.ciHigh,
    unit: row.unit,
    n: row.n,
  }));
  const place = (row: { readonly parameter: ParameterName | '' }) =>
    row.parameter === '' ? -1 : PARAMETERS.indexOf(row.parameter);
  const named = (column: string) => collate(column, byValue as (a: unknown, b: unknown) => number);
  const table = from(objects).orderby(
    ...['experiment', 'fitter', ...factors].map(named),
    escape(place),
    named('metric'),
  );
  return { factors, table: table.reify() };
}

/** Numbers by size, words by name, nothing first. */
function byValue(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : byName(String(a), String(b));
}
