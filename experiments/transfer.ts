import type { Experiment } from '../src/contracts/experiment.ts';
import { transferSchema, type TransferConfig } from './transfer/config.ts';
import { planTransfer } from './transfer/plan.ts';

/** Networks trained with one protocol or on one tissue and used with another, with and without further training. */
const transfer: Experiment<TransferConfig> = {
  label: 'Transfer: networks used where they were not trained',
  question:
    'How much accuracy does a network lose on another protocol or another tissue, and how much do a few voxels of ' +
    'those give back?',
  schema: transferSchema,
  plan: planTransfer,
};
export default transfer;
