import type { Experiment } from '../src/contracts/experiment.ts';
import { agreeCell } from './volunteers/agree-cell.ts';
import { volunteersSchema, type VolunteersConfig } from './volunteers/config.ts';
import { fitCell } from './volunteers/fit-cell.ts';
import { planVolunteers } from './volunteers/plan.ts';
import { beginCell, prepareCell } from './volunteers/prepare-cell.ts';
import { readCell } from './volunteers/read-cell.ts';
import { simulateCell } from './volunteers/simulate-cell.ts';
import { surveyCell } from './volunteers/survey-cell.ts';
import { timeCell } from './volunteers/time-cell.ts';

const tasks: Readonly<Record<string, Experiment<VolunteersConfig>['run']>> = {
  simulate: simulateCell,
  survey: surveyCell,
  read: readCell,
  begin: beginCell,
  prepare: prepareCell,
  fit: fitCell,
  agree: agreeCell,
  time: timeCell,
};

/** People, real or virtual, in whom readers drew regions: do readers agree, and how much do people differ (Barbieri 2020)? */
const volunteers: Experiment<VolunteersConfig> = {
  label: 'Volunteers: readers, subjects and fitters',
  question: 'How well do readers agree on D, f and Dp of each fitter, and how much do people differ?',
  schema: volunteersSchema,
  plan: planVolunteers,
  run: (cell, config, context) => tasks[cell.task](cell, config, context),
};
export default volunteers;
