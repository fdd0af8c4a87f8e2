import { z } from 'zod';
import { BaselinesKey, caseNumbers, ClassifiedKeys, checkCases } from '../../src/classified/config.ts';

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
        .describe(
          'whether it is also trained with shuffled labels, which leaves nothing to learn: a test of the study itself, on test cases',
        ),
      splits: z
        .int()
        .min(1)
        .max(1000)
        .default(3)
        .describe(
          'splits that these conditions are trained on, each from one seed: the first ones of the study',
        ),
      sizes: caseNumbers(10, [56, 112, 224, 448]).describe(
        'training cases of a learning curve, drawn from virtual cases of their own',
      ),
    })
    .prefault({})
    .describe('conditions that the first model is trained under besides the study’s own'),
  baselines: BaselinesKey,
}).superRefine((config, context) =>
  checkCases(config, context, [
    { path: ['population'], asked: config.population > 0, allowed: '0' },
    { path: ['conditions', 'sizes'], asked: config.conditions.sizes.length > 0, allowed: '[]' },
  ]),
);
export type LiverFibrosisConfig = z.output<typeof liverFibrosisSchema>;
