import { z } from 'zod';
import { ClassifiedKeys } from '../../src/classified/config.ts';

const eachOnce = (values: readonly number[]): boolean => new Set(values).size === values.length;

/** What YAML says of the liver-fibrosis experiment. */
export const liverFibrosisSchema = ClassifiedKeys.extend({
  conditions: z
    .strictObject({
      alone: z
        .boolean()
        .default(true)
        .describe('whether the first model is also trained on each modality alone'),
      augmentation: z.boolean().default(true).describe('whether it is also trained without augmentation'),
      shuffled: z
        .boolean()
        .default(true)
        .describe('whether it is also trained with classes dealt out anew, which leaves nothing to learn'),
      splits: z
        .int()
        .min(1)
        .max(1000)
        .default(3)
        .describe(
          'splits that these conditions are trained on, each from one seed: the first ones of the study',
        ),
      sizes: z
        .array(z.int().min(10).max(100_000))
        .default([56, 112, 224, 448])
        .refine(eachOnce, { error: 'found one twice; allowed: each number once' })
        .describe('training cases of a learning curve, drawn from virtual cases of their own'),
    })
    .prefault({})
    .describe('conditions that the first model is trained under besides the study’s own'),
  baselines: z.boolean().default(true).describe('whether networks are compared with classifiers without one'),
}).superRefine(({ data, population, conditions }, context) => {
  if (data.virtual !== undefined) return;
  const refuse = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
  if (population > 0) refuse(['population'], 'needs virtual cases; allowed: 0 where `data.folder` is given');
  if (conditions.sizes.length > 0) {
    refuse(['conditions', 'sizes'], 'needs virtual cases; allowed: [] where `data.folder` is given');
  }
});
export type LiverFibrosisConfig = z.output<typeof liverFibrosisSchema>;
