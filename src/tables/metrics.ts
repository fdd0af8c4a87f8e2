import type { Row } from '../contracts/metric.ts';
import type { Table } from '../contracts/table.ts';
import { PARAMETERS, type ParameterName } from '../contracts/voxels.ts';
import { byName } from './reading/series.ts';

/** Every statistic in long form: the table other programs read. Its order does not depend on the config's. */
const table: Table = {
  title: 'Every statistic',
  caption:
    'Long form: one line per experiment, fitter, factors, parameter and metric, with its interval, unit and n.',
  csvOnly: true,
  build(rows) {
    if (rows.length === 0) return null;
    const factors = [...new Set(rows.flatMap((row) => Object.keys(row.factors)))].sort();
    const names = [
      'experiment',
      'fitter',
      ...factors,
      'parameter',
      'metric',
      'value',
      'ci_low',
      'ci_high',
      'unit',
      'n',
    ];
    return {
      columns: names.map((name) => ({ name, label: name })),
      lines: [...rows].sort(inOrder(factors)).map((row) => ({
        values: [
          row.experiment,
          row.fitter,
          ...factors.map((factor) => row.factors[factor] ?? null),
          row.parameter,
          row.metric,
          row.value,
          row.ciLow,
          row.ciHigh,
          row.unit,
          row.n,
        ],
      })),
    };
  },
};
export default table;

const inOrder =
  (factors: readonly string[]) =>
  (a: Row, b: Row): number => {
    const keys = [byName(a.experiment, b.experiment), byName(a.fitter, b.fitter)];
    for (const factor of factors) keys.push(byValue(a.factors[factor], b.factors[factor]));
    keys.push(position(a.parameter) - position(b.parameter), byName(a.metric, b.metric));
    return keys.find((key) => key !== 0) ?? 0;
  };

const position = (parameter: ParameterName | ''): number =>
  parameter === '' ? -1 : PARAMETERS.indexOf(parameter);

/** Numbers by size, words by name, nothing first. */
function byValue(a: string | number | undefined, b: string | number | undefined): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return byName(String(a ?? ''), String(b ?? ''));
}
