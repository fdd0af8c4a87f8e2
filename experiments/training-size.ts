import { compareConditions } from './repeated/compare-conditions.ts';
import type { Condition } from './repeated/condition.ts';
import { repeatedTrainings } from './repeated/experiment.ts';
import { trainingRecipe } from './simulated/voxel-sets.ts';
import { checkSizes, TrainingSizeKeys, type TrainingSizeConfig } from './training-size/config.ts';

/** The study's network trained on few voxels and on many, its loss told over all of them (Barbieri 2020). */
export default repeatedTrainings<TrainingSizeConfig>({
  name: 'training-size',
  label: 'Size of the training set',
  question: 'Does a network trained on more voxels reach a lower loss and a smaller error?',
  schema: TrainingSizeKeys.superRefine(checkSizes),
  module: import.meta.url,
  conditions(config) {
    const all = trainingRecipe(config)!;
    return config.sizes
      .toSorted((a, b) => b - a)
      .map((first): Condition => ({
        factors: { training_voxels: first },
        config,
        training: { recipe: all, first, labelled: true },
        all,
      }));
  },
  summarise: async (conditions, { sizes }, bootstrap) =>
    compareConditions(conditions, ({ training_voxels: size }) => size === Math.max(...sizes), bootstrap),
});
