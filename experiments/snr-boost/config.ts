import { z } from 'zod';
import { checkSubjects, SynthesisedKeys } from '../../src/synthesised/config.ts';

/** What YAML says of the snr-boost experiment. */
export const snrBoostSchema = SynthesisedKeys.extend({
  conditions: z
    .strictObject({
      alone: z
        .boolean()
        .default(true)
        .describe('whether the first model is also trained on one repetition alone, without weighted images'),
      target: z
        .boolean()
        .default(true)
        .describe(
          'whether it is also trained on the other target: the truth, or six repetitions; not with subjects of a folder',
        ),
      acquired: z
        .boolean()
        .default(true)
        .describe(
          'whether it is also trained on one acquisition of every training subject, where `training.noise` is `fresh`',
        ),
      dropped: z
        .number()
        .min(0)
        .max(0.9)
        .default(0.3)
        .describe(
          'probability with which weighted images are left out in a training of their own, where `training.drop` is 0; 0: there is none',
        ),
    })
    .prefault({})
    .describe('conditions that the first model is trained under besides the study’s own, from one seed each'),
  baselines: z
    .boolean()
    .default(true)
    .describe('whether networks are compared with filters of one repetition'),
  shifts: z
    .boolean()
    .default(true)
    .describe(
      'whether networks, trained as the study says and with weighted images left out, are also used with missing, moved and swapped weighted images',
    ),
}).superRefine(checkSubjects);
export type SnrBoostConfig = z.output<typeof snrBoostSchema>;
