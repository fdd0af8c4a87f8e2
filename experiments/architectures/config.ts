import { z } from 'zod';
import { BaselinesKey, caseNumbers, ClassifiedKeys, checkCases } from '../../src/classified/config.ts';
import { LiverSettings } from '../../src/images/livers/settings.ts';

const Scanner = LiverSettings.pick({ sequences: true, tissues: true, nuisance: true }).describe(
  'the other scanner: what differs from the defaults of virtual livers; stages and latent variables are those of the study',
);

/** What YAML says of the architectures experiment. */
export const architecturesSchema = ClassifiedKeys.extend({
  augmentation: z
    .boolean()
    .default(true)
    .describe('whether every network is also trained without augmentation'),
  transfer: z
    .strictObject({
      scanner: Scanner,
      cases: caseNumbers(4, [10, 20, 40, 80], 1).describe('training cases of the other scanner'),
      rate: z
        .number()
        .positive()
        .default(0.0002)
        .describe('learning rate of fine-tuning; networks from scratch have that of the study'),
      splits: z
        .int()
        .min(1)
        .max(1000)
        .default(3)
        .describe('splits that networks are transferred on, from one seed each: the first ones of the study'),
    })
    .optional()
    .describe('transfer of the first network to another scanner; absent: none'),
  baselines: BaselinesKey,
}).superRefine((config, context) =>
  checkCases(config, context, [
    { path: ['population'], asked: config.population > 0, allowed: '0' },
    { path: ['transfer'], asked: config.transfer !== undefined, allowed: 'absent' },
  ]),
);
export type ArchitecturesConfig = z.output<typeof architecturesSchema>;
