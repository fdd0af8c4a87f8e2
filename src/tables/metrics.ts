import type { Table, TableValue } from '../contracts/table.ts';
import { longTable } from './reading/long-table.ts';

/** Every statistic in long form: the table other programs read. Its order does not depend on the config's. */
const table: Table = {
  title: 'Every statistic',
  caption:
    'Long form: one line per experiment, method, factors, parameter and metric, with its interval, unit and n.',
  csvOnly: true,
  build(rows) {
    if (rows.length === 0) return null;
    const table = longTable(rows);
    const names = table.columnNames();
    return {
      columns: names.map((name) => ({ name, label: name })),
      lines: (table.objects() as Record<string, TableValue>[]).map((row) => ({
        values: names.map((name) => row[name]),
      })),
    };
  },
};
export default table;
