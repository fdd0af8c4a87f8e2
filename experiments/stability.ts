import { checkLearns } from '../src/repeated/config.ts';
import { compareTask, repeatedTrainings } from '../src/repeated/experiment.ts';
import { StabilityKeys, type StabilityConfig } from './stability/config.ts';
import { stabilityRows } from './stability/stability-rows.ts';

export const compare = compareTask(import.meta.url, 'stability', ([all]) => stabilityRows(all));

/** Networks that differ only in their seed: how much do their estimates differ (Kaandorp 2021)? */
export default repeatedTrainings<StabilityConfig>({
  name: 'stability',
  label: 'Dependence on the seed',
  question: 'How much do the estimates of a network depend on the seed of its training?',
  method:
    'The same network is trained on the same simulated voxels from several seeds. The spread of the estimates over these networks is ' +
    'averaged over the test voxels and divided by the mean true value.',
  schema: StabilityKeys.superRefine(checkLearns),
  section: { order: 60, keys: StabilityKeys, check: checkLearns },
  compare,
  keepEstimates: true,
  conditions: (config) => [{ factors: {}, config }],
});
