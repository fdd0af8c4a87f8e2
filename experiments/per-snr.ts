import type { PlannedCondition } from '../src/repeated/condition.ts';
import { checkTrains } from '../src/repeated/config.ts';
import { compareTask, repeatedTrainings } from '../src/repeated/experiment.ts';
import { asTrainingData, testDataOf } from '../src/simulated/voxels.ts';
import { PerSnrKeys, type PerSnrConfig } from './per-snr/config.ts';
import { worthOfBest } from './per-snr/worth-of-best.ts';

export const compare = compareTask(import.meta.url, 'per-snr', worthOfBest);

/**
 * Networks trained on the test voxels of each noise level, and the benefit of choosing the one with the lowest loss (Barbieri
 * 2020).
 */
export default repeatedTrainings<PerSnrConfig>({
  name: 'per-snr',
  label: 'A network for each noise level',
  question: 'Is the network with the lowest loss of several nearer to the truth than the others?',
  method:
    'At each noise level several networks are trained on the test voxels themselves, as their loss needs no truth, each from its own seed. ' +
    'The error of the network with the lowest loss is compared with the median error of all.',
  schema: PerSnrKeys.superRefine(checkTrains),
  section: { order: 40, keys: PerSnrKeys, check: checkTrains },
  compare,
  conditions: (config) =>
    config.data.noise.map(({ sigma, snr }): PlannedCondition => ({
      factors: { snr },
      config: { ...config, data: { ...config.data, noise: [{ sigma, snr }] } },
      training: asTrainingData(testDataOf(config), sigma),
    })),
});
