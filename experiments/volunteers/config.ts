import { z } from 'zod';
import { CohortData } from '../../src/config/sections/cohort-data.ts';
import { Protocol } from '../../src/config/sections/protocol.ts';
import { Seed } from '../../src/config/sections/seed.ts';

/** What YAML says of a study of volunteers. */
export const volunteersSchema = z
  .strictObject({
    seed: Seed.default(2020).describe('every seed is derived from this one'),
    protocol: Protocol.optional().describe('b-values of virtual volunteers; real ones bring their own'),
    data: CohortData,
  })
  .superRefine(({ protocol, data }, context) => {
    if (protocol !== undefined || data.virtual === undefined) return;
    context.addIssue({
      code: 'custom',
      path: ['protocol'],
      message: 'missing; allowed: the name of a protocol, at whose b-values virtual volunteers are simulated',
    });
  });
export type VolunteersConfig = z.output<typeof volunteersSchema>;
