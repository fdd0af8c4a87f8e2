import type { Table } from '../contracts/table.ts';
import { numericFactor } from './reading/factor.ts';
import { byName, seriesName } from './reading/series.ts';

const table: Table = {
  title: 'Training curve',
  caption: 'Loss per epoch of every network that was trained.',
  csvOnly: true,
  build(rows) {
    const losses = rows.filter((row) => row.metric === 'training_loss');
    if (losses.length === 0) return null;
    return {
      columns: [
        { name: 'network', label: 'Network' },
        { name: 'epoch', label: 'Epoch' },
        { name: 'loss', label: 'Loss' },
      ],
      lines: losses
        .map((row) => ({
          name: seriesName(row, ['epoch']),
          epoch: numericFactor(row, 'epoch'),
          loss: row.value,
        }))
        .sort((a, b) => byName(a.name, b.name) || a.epoch - b.epoch)
        .map(({ name, epoch, loss }) => ({ values: [name, epoch, loss] })),
    };
  },
};
export default table;
