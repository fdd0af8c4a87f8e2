import type { Table } from '../contracts/table.ts';
import { COMPARED_LOSS } from '../measures/repeated-trainings.ts';
import { comparedConditions } from './reading/compared-conditions.ts';

const table: Table = {
  title: 'Depth of the network',
  order: 5,
  beside: 'depth',
  caption:
    'Medians over the runs of each depth: the loss, which is the mean squared difference between signals and reconstructed decay over ' +
    'the training voxels, and the RMSE at the SNR nearest to 20; other SNRs are in `metrics.csv`. Ratios are to the median of the ' +
    'reference depth. Intervals are 95 % intervals over runs.',
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
