import { checkLearns } from '../src/repeated/config.ts';
import { compareTask, repeatedTrainings } from '../src/repeated/experiment.ts';
import { StabilityKeys, type StabilityConfig } from './stability/config.ts';
import { stabilityRows } from './stability/stability-rows.ts';

export const compare = compareTask(import.meta.url, 'stability', ([all], bootstrap) =>
  stabilityRows(all, bootstrap),
);

/** Networks that differ only in their seed: how much do their estimates differ (Kaandorp 2021)? */
export default repeatedTrainings<StabilityConfig>({
  name: 'stability',
  label: 'Dependence on the seed',
  question: 'How far do the estimates of networks differ that differ in nothing but their seed?',
  schema: StabilityKeys.superRefine(checkLearns),
  section: { order: 60, keys: StabilityKeys, check: checkLearns },
  compare,
  keepEstimates: true,
  conditions: (config) => [{ factors: {}, config }],
});
