import { checkLearns } from './repeated/config.ts';
import { repeatedTrainings } from './repeated/experiment.ts';
import { trainingRecipe } from './simulated/voxel-sets.ts';
import { StabilityKeys, type StabilityConfig } from './stability/config.ts';
import { stabilityRows } from './stability/stability-rows.ts';

/** Networks that differ in their seed alone: how far their estimates differ (Kaandorp 2021). */
export default repeatedTrainings<StabilityConfig>({
  name: 'stability',
  label: 'Dependence on the seed',
  question: 'How far do the estimates of networks differ that differ in nothing but their seed?',
  schema: StabilityKeys.superRefine(checkLearns),
  module: import.meta.url,
  keepEstimates: true,
  conditions: (config) => [
    {
      factors: {},
      config,
      training: { recipe: trainingRecipe(config)!, first: config.training.voxels, labelled: true },
    },
  ],
  summarise: async ([all], _config, bootstrap) => stabilityRows(all, bootstrap),
});
