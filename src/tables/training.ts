import type { Table, TableValue } from '../contracts/table.ts';
import { TRAINING_LOSS } from '../measures/training.ts';
import { longTable } from './reading/long-table.ts';
import { seriesName } from './reading/series.ts';

const table: Table = {
  title: 'Training curve',
  caption: 'Loss per epoch of every trained network.',
  csvOnly: true,
  build(rows) {
    const losses = rows.filter((row) => row.metric === TRAINING_LOSS.name);
    if (losses.length === 0) return null;
    const named = losses.map((row) => ({ ...row, method: seriesName(row, ['epoch']) }));
    const table = longTable(named.map((row) => ({ ...row, factors: { epoch: row.factors.epoch } })));
    return {
      columns: [
        { name: 'network', label: 'Network' },
        { name: 'epoch', label: 'Epoch' },
        { name: 'loss', label: 'Loss' },
      ],
      lines: (table.select('method', 'epoch', 'value').objects() as Record<string, TableValue>[]).map(
        ({ method, epoch, value }) => ({ values: [method, epoch, value] }),
      ),
    };
  },
};
export default table;
