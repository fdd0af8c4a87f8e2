import type { Table } from '../contracts/table.ts';
import { longForm } from './reading/long-table.ts';

/** Every statistic in long form: the table other programs read. Its order does not depend on the config's. */
const table: Table = {
  title: 'Every statistic',
  caption:
    'Long form: one line per experiment, method, factors, parameter and metric, with its interval, unit and n.',
  csvOnly: true,
  build(rows) {
    if (rows.length === 0) return null;
    const { names, lines } = longForm(rows);
    return {
      columns: names.map((name) => ({ name, label: name })),
      lines: lines.map((values) => ({ values })),
    };
  },
};
export default table;
