import type { Experiment } from '../src/contracts/experiment.ts';
import { transferSchema, type TransferConfig } from './transfer/config.ts';
import { planTransfer } from './transfer/plan.ts';

/** Networks trained with one protocol or on one tissue and used with another, with and without further training. */
const transfer: Experiment<TransferConfig> = {
  label: 'Transfer: networks used where they were not trained',
  question:
    'How much accuracy does a network lose on another protocol or another tissue, and how much does training it further on a few ' +
    'voxels of these recover?',
  method:
    'Networks are trained for one condition (protocol and tissue) and used on test voxels of another, unchanged or trained further on some ' +
    'voxels of that condition. Errors are divided by those of the same network trained for the condition of use.',
  schema: transferSchema,
  plan: planTransfer,
};
export default transfer;
