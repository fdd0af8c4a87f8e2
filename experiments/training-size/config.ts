import { z } from 'zod';
import { Training } from '../../src/config/sections/training.ts';
import { checkTrains, eachOnce, RepeatedKeys } from '../../src/repeated/config.ts';

/** The YAML keys of the experiment on the size of the training set. */
export const TrainingSizeKeys = RepeatedKeys.extend({
  training: Training.describe('the largest training set'),
  sizes: z
    .array(z.int().min(1))
    .min(1)
    .default([1000, 10_000, 100_000, 1_000_000])
    .refine(eachOnce, { error: 'found one twice; allowed: each size once' })
    .describe('sizes of the training sets'),
  subsets: z
    .enum(['nested', 'random'])
    .default('nested')
    .describe(
      'which voxels of the largest set: `nested`, the first ones, the same in every run; or `random`, drawn anew for every size and run, as in the study',
    ),
});
export type TrainingSizeConfig = z.output<typeof TrainingSizeKeys>;

/** Rejects sizes above the number of voxels, and fitters that don't train. */
export async function checkSizes(
  config: Pick<TrainingSizeConfig, 'fitters' | 'sizes' | 'training'>,
  context: z.core.$RefinementCtx,
): Promise<void> {
  await checkTrains(config, context);
  const most = config.training.voxels;
  config.sizes.forEach((size, i) => {
    if (size <= most) return;
    const message = `found ${size}; allowed: up to the voxels there are, training.voxels (${most})`;
    context.addIssue({ code: 'custom', path: ['sizes', i], message });
  });
}
