import type { Table } from '../contracts/table.ts';
import { COMPARED_LOSS } from '../measures/repeated-trainings.ts';
import { comparedConditions } from './reading/compared-conditions.ts';

const table: Table = {
  title: 'Depth of the network',
  order: 5,
  caption:
    'Medians over the runs of each depth: the loss, the mean squared difference between signals and the rebuilt decay over the ' +
    'voxels trained on, and the RMSE at the SNR nearest to 20; other SNRs are in `metrics.csv`. Ratios are to the median of the depth ' +
    'that the others are held against. Intervals, 95 %, are of a bootstrap over runs.',
  build: (rows) =>
    comparedConditions(rows, {
      experiment: 'depth',
      factor: 'depth',
      label: 'Hidden layers',
      loss: COMPARED_LOSS,
      reference: 'reference',
    }),
};
export default table;
