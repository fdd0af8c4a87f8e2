import { z } from 'zod';
import { Fitters } from '../../src/config/sections/fitters.ts';
import { Models } from '../../src/config/sections/models.ts';
import { Protocol } from '../../src/config/sections/protocol.ts';
import { Seed } from '../../src/config/sections/seed.ts';
import { Volunteers } from '../../src/config/sections/volunteers.ts';
import { TRUTH } from '../../src/contracts/metric.ts';
import { averagingSetting } from '../../src/learning/averaging.ts';
import { backendSetting } from '../../src/learning/backends.ts';
import { scheduleSetting } from '../../src/learning/schedule.ts';

const factor = (value: number, what: string) =>
  z.number().min(0.1).max(5).default(value).describe(`${what}, as a fraction of that of its organ`);

const Lesion = z
  .strictObject({
    region: z.string().min(1).default('right_liver').describe('the region that it lies in'),
    radius: z.number().positive().default(12).describe('radius, mm'),
    D: factor(1.2, 'D'),
    f: factor(0.5, 'f'),
    Dp: factor(0.4, 'Dp'),
  })
  .prefault({})
  .describe(
    'the lesion that every test subject has in a second scan with the same noise; training subjects have others, in any organ',
  );

/** How a network is trained. */
const Training = z
  .strictObject({
    epochs: z.int().min(1).max(10_000).default(40).describe('number of epochs'),
    batch: z.int().min(1).default(4).describe('slices per step'),
    rate: z.number().positive().default(0.002).describe('learning rate of Adam'),
    schedule: scheduleSetting,
    averaging: averagingSetting(0.995),
  })
  .prefault({})
  .describe('how networks are trained: on slices with fresh noise in every step, to make those without');
export type DenoiserTraining = z.output<typeof Training>;

/** What YAML says of the denoise-ivim experiment. */
export const denoiseSchema = z
  .strictObject({
    seed: Seed.default(2016).describe('seed from which every seed is derived'),
    protocol: Protocol.describe('b-values of the scans'),
    data: z
      .strictObject({
        virtual: Volunteers.describe(
          'virtual volunteers, with one session; its `subjects` are the ones that results are of',
        ),
        training: z
          .int()
          .min(1)
          .max(9000)
          .default(32)
          .describe('further volunteers that networks are trained on'),
        validation: z
          .int()
          .min(1)
          .max(900)
          .default(4)
          .describe('further volunteers that settings of filters and epochs of networks are chosen on'),
        lesion: Lesion,
      })
      .describe('where the scans come from'),
    engine: backendSetting,
    training: Training,
    models: Models,
    fitters: Fitters,
  })
  .superRefine(({ data: { virtual, lesion }, fitters }, context) => {
    const refuse = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    const sessions = Object.keys(virtual.sessions).length;
    if (sessions !== 1) refuse(['data', 'virtual', 'sessions'], `found ${sessions} sessions; allowed: one`);
    if (virtual.subjects < 2)
      refuse(
        ['data', 'virtual', 'subjects'],
        'found 1; allowed: at least 2, since intervals are over subjects',
      );
    if (!virtual.noise)
      refuse(['data', 'virtual', 'noise'], 'found false; allowed: true, since noise is what is removed');
    if (virtual.ideal)
      refuse(['data', 'virtual', 'ideal'], 'allowed: none, since readers are not what is compared here');
    const regions = Object.keys(virtual.organs.regions);
    if (!regions.includes(lesion.region))
      refuse(['data', 'lesion', 'region'], `found ${lesion.region}; allowed: ${regions.join(', ')}`);
    fitters.forEach(({ name }, i) => {
      if (name === TRUTH)
        refuse(
          ['fitters', i],
          `found a fitter called ${TRUTH}; allowed: any other name, since true values have this one`,
        );
    });
  });
export type DenoiseConfig = z.output<typeof denoiseSchema>;
