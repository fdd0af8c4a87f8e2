import { compareConditions } from '../src/repeated/compare-conditions.ts';
import type { PlannedCondition } from '../src/repeated/condition.ts';
import { compareTask, repeatedTrainings } from '../src/repeated/experiment.ts';
import { deriveSeed } from '../src/random/seed.ts';
import { trainingDataOf } from '../src/simulated/voxels.ts';
import { checkSizes, TrainingSizeKeys, type TrainingSizeConfig } from './training-size/config.ts';

export const compare = compareTask(import.meta.url, 'training-size', compareConditions);

/** The study's network trained on few and on many voxels, with its loss over all of them (Barbieri 2020). */
export default repeatedTrainings<TrainingSizeConfig>({
  name: 'training-size',
  label: 'Size of the training set',
  question: 'Does a network trained on more voxels reach a lower loss and a smaller error?',
  method:
    'Networks are trained on sets of simulated voxels of different sizes, parts of the largest, several times each from different seeds. Their losses ' +
    'over all voxels of the largest set, and their errors on test voxels, are compared with those of the largest set.',
  schema: TrainingSizeKeys.superRefine(checkSizes),
  section: { order: 30, keys: TrainingSizeKeys, check: checkSizes },
  compare,
  conditions(config) {
    const all = trainingDataOf(config)!;
    return config.sizes
      .toSorted((a, b) => b - a)
      .map((first): PlannedCondition => ({
        factors: { training_voxels: first },
        reference: first === Math.max(...config.sizes),
        config,
        training:
          config.subsets === 'nested' || first === all.voxels
            ? { ...all, first }
            : (run) => ({
                ...all,
                first,
                drawnBy: deriveSeed(config.seed, 'training', 'subset', first, run),
              }),
        all,
      }));
  },
});
