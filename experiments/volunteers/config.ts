import { TRUTH } from '../../src/contracts/metric.ts';
import { z } from 'zod';
import { CohortData } from '../../src/config/sections/cohort-data.ts';
import { Fitters } from '../../src/config/sections/fitters.ts';
import { Protocol } from '../../src/config/sections/protocol.ts';
import { Seed } from '../../src/config/sections/seed.ts';
import { Statistics } from '../../src/config/sections/statistics.ts';
import { Tissue } from '../../src/config/sections/tissue.ts';
import { Training } from '../../src/config/sections/training.ts';

/** Simulated voxels for the first stage of training, before that on the cohort. */
const Beginning = Training.extend({
  S0: z.number().positive().default(1500).describe('signal at b=0 without noise'),
  tissue: Tissue.describe('tissue of the training voxels'),
});

const Sample = z
  .strictObject({
    subject: z.string().min(1).optional().describe('subject; by default the first'),
    session: z.string().min(1).optional().describe('session; by default all of the subject'),
    slice: z
      .int()
      .min(0)
      .optional()
      .describe('index along the third axis, from 0; by default the middle one'),
  })
  .describe('the slice shown in the report');

/** The YAML keys of a study of volunteers, before consistency checks. */
export const VolunteersKeys = z.strictObject({
  seed: Seed.default(2020).describe('seed from which every seed is derived'),
  protocol: Protocol.optional().describe('b-values of virtual volunteers; data sets on disk have their own'),
  data: CohortData.describe('virtual volunteers, or a data set on disk'),
  training: Beginning.optional().describe(
    'simulated voxels that networks are trained on first; without it they are trained on the cohort alone',
  ),
  fitters: Fitters,
  statistics: Statistics.prefault({}).describe('how 95 % intervals are computed'),
  maps: z
    .enum(['regions', 'all'])
    .default('regions')
    .describe('which voxels are fitted: those inside regions (`regions`), or all (`all`)'),
  sample: Sample.prefault({}),
});

/** Rules between keys: the protocol for simulated volunteers, and reserved names. */
export function checkVolunteers(
  { protocol, data, fitters }: Pick<z.output<typeof VolunteersKeys>, 'protocol' | 'data' | 'fitters'>,
  context: z.core.$RefinementCtx,
): void {
  if (protocol === undefined && data.virtual !== undefined) {
    context.addIssue({
      code: 'custom',
      path: ['protocol'],
      message: 'missing; allowed: the name of a protocol, at whose b-values virtual volunteers are simulated',
    });
  }
  fitters.forEach(({ name }, i) => {
    if (name !== TRUTH) return;
    context.addIssue({
      code: 'custom',
      path: ['fitters', i],
      message: `found a fitter called ${TRUTH}; allowed: any other name, since true values have this one in tables and figures`,
    });
  });
}

export const volunteersSchema = VolunteersKeys.superRefine(checkVolunteers);
export type VolunteersConfig = z.output<typeof VolunteersKeys>;
