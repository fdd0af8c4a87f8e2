import { checkDepths, DepthKeys, withDepth, type DepthConfig } from './depth/config.ts';
import { compareConditions } from './repeated/compare-conditions.ts';
import type { Condition } from './repeated/condition.ts';
import { repeatedTrainings } from './repeated/experiment.ts';
import { trainingRecipe } from './simulated/voxel-sets.ts';

/** Networks of several depths, each trained several times on the same voxels (Barbieri 2020). */
export default repeatedTrainings<DepthConfig>({
  name: 'depth',
  label: 'Depth of the network',
  question: 'Does a deeper network reach a lower loss and a smaller error?',
  schema: DepthKeys.superRefine(checkDepths),
  module: import.meta.url,
  conditions: (config) =>
    // The deepest take longest.
    config.depths
      .toSorted((a, b) => b - a)
      .map((depth): Condition => ({
        factors: { depth },
        config: {
          ...config,
          fitters: config.fitters.map((entry) => ({ ...entry, settings: withDepth(entry.settings, depth) })),
        },
        training: { recipe: trainingRecipe(config)!, first: config.training.voxels, labelled: true },
      })),
  summarise: async (conditions, { reference }, bootstrap) =>
    compareConditions(conditions, ({ depth }) => depth === reference, bootstrap),
});
