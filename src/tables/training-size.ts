import type { Table } from '../contracts/table.ts';
import { COMPARED_LOSS_ALL } from '../measures/repeated-trainings.ts';
import { comparedConditions } from './reading/compared-conditions.ts';

const table: Table = {
  title: 'Size of the training set',
  order: 5.1,
  beside: 'training-size',
  caption:
    'Medians over the runs of each size: the loss over all voxels of the largest set, and the RMSE at the SNR nearest to 20; other ' +
    'SNRs are in `metrics.csv`. Ratios are to the median of the largest set. Intervals are 95 % intervals over runs.',
  build: (rows) =>
    comparedConditions(rows, {
      experiment: 'training-size',
      factor: 'training_voxels',
      label: 'Training voxels',
      loss: COMPARED_LOSS_ALL,
      reference: 'largest',
    }),
};
export default table;
