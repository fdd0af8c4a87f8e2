import type { z } from 'zod';
import { Training } from '../../src/config/sections/training.ts';
import { RepeatedKeys } from '../../src/repeated/config.ts';

/** The YAML keys of the experiment on the dependence of networks on their seed. */
export const StabilityKeys = RepeatedKeys.extend({
  training: Training.describe('voxels that all networks are trained on'),
  runs: RepeatedKeys.shape.runs
    .unwrap()
    .default(50)
    .describe('number of trainings of each network, which differ only in their seed'),
});
export type StabilityConfig = z.output<typeof StabilityKeys>;
