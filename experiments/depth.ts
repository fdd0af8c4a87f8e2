import { compareConditions } from '../src/repeated/compare-conditions.ts';
import type { PlannedCondition } from '../src/repeated/condition.ts';
import { compareTask, repeatedTrainings } from '../src/repeated/experiment.ts';
import { checkDepths, DepthKeys, withDepth, type DepthConfig } from './depth/config.ts';

export const compare = compareTask(import.meta.url, 'depth', compareConditions);

/** Networks of several depths, each trained several times on the same voxels (Barbieri 2020). */
export default repeatedTrainings<DepthConfig>({
  name: 'depth',
  label: 'Depth of the network',
  question: 'Does a deeper network reach a lower loss and a smaller error?',
  method:
    'Networks with different numbers of hidden layers are trained on the same simulated voxels, several times each from different seeds. ' +
    'Their final losses, and their errors on test voxels, are compared with those of the reference depth.',
  schema: DepthKeys.superRefine(checkDepths),
  section: { order: 20, keys: DepthKeys, check: checkDepths },
  compare,
  conditions: (config) =>
    // In order of decreasing training time.
    config.depths
      .toSorted((a, b) => b - a)
      .map((depth): PlannedCondition => ({
        factors: { depth },
        reference: depth === config.reference,
        config: {
          ...config,
          fitters: config.fitters.map((entry) => ({ ...entry, settings: withDepth(entry.settings, depth) })),
        },
      })),
});
