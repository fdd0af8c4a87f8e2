import type { Experiment } from '../src/contracts/experiment.ts';
import { besideCell } from './transfer/beside-cell.ts';
import { carryCell } from './transfer/carry-cell.ts';
import { transferSchema, type TransferConfig } from './transfer/config.ts';
import { planTransfer } from './transfer/plan.ts';
import { trainCell } from './transfer/train-cell.ts';

const tasks: Readonly<Record<string, Experiment<TransferConfig>['run']>> = {
  train: trainCell,
  carry: carryCell,
  beside: besideCell,
};

/** Networks trained under one protocol or on one tissue and used under another, with and without training them further. */
const transfer: Experiment<TransferConfig> = {
  label: 'Transfer: networks used where they were not trained',
  question:
    'How much accuracy does a network lose on another protocol or another tissue, and how much do a few voxels of ' +
    'those give back?',
  schema: transferSchema,
  plan: planTransfer,
  run: (cell, config, context) => tasks[cell.task](cell, config, context),
};
export default transfer;
