import type { Condition } from './repeated/condition.ts';
import { checkTrains } from './repeated/config.ts';
import { repeatedTrainings } from './repeated/experiment.ts';
import { PerSnrKeys, type PerSnrConfig } from './per-snr/config.ts';
import { worthOfBest } from './per-snr/worth-of-best.ts';
import { testRecipe } from './simulated/voxel-sets.ts';

/** Networks trained on the very voxels of each noise level, and what it is worth to keep the one of lowest loss (Barbieri 2020). */
export default repeatedTrainings<PerSnrConfig>({
  name: 'per-snr',
  label: 'A network for each noise level',
  question: 'Is the best of several networks, by its loss, nearer to the truth than the others?',
  schema: PerSnrKeys.superRefine(checkTrains),
  module: import.meta.url,
  conditions: (config) =>
    config.data.noise.map(({ sigma, snr }): Condition => {
      const recipe = testRecipe(config, sigma);
      const { voxels, seeds } = recipe;
      const training = { voxels, seeds, noise: { sigma: { constant: sigma } } };
      return {
        factors: { snr },
        config: { ...config, data: { ...config.data, noise: [{ sigma, snr }] }, training },
        // Networks that learn from the truth may not see that of the voxels they are tested on.
        training: { recipe, first: voxels, labelled: false },
      };
    }),
  summarise: async (conditions, _config, bootstrap) => worthOfBest(conditions, bootstrap),
});
