import type { Experiment } from '../src/contracts/experiment.ts';
import { phantomSchema, type PhantomConfig } from './phantom/config.ts';
import { fitCell } from './phantom/fit-cell.ts';
import { planPhantom } from './phantom/plan.ts';
import { prepareCell } from './phantom/prepare-cell.ts';
import { timeCell } from './phantom/time-cell.ts';

const tasks: Readonly<Record<string, Experiment<PhantomConfig>['run']>> = {
  prepare: prepareCell,
  fit: fitCell,
  time: timeCell,
};

/** Simulated voxels at several noise levels, the truth known: error and time of every fitter (Barbieri 2020). */
const phantom: Experiment<PhantomConfig> = {
  label: 'Phantom: error against SNR',
  question:
    'How far from the truth are D, f and Dp of each fitter at each noise level, and how long does it take?',
  schema: phantomSchema,
  plan: planPhantom,
  run: (cell, config, context) => tasks[cell.task](cell, config, context),
};
export default phantom;
