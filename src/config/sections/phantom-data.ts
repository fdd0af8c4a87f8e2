import { z } from 'zod';
import { oneOfKeys } from './one-of-keys.ts';
import { Seeds } from './seed.ts';
import { Tissue } from './tissue.ts';

const Levels = z
  .array(z.number().positive())
  .min(1)
  .superRefine((levels, context) => {
    levels.forEach((level, i) => {
      if (levels.indexOf(level) === i) return;
      context.addIssue({
        code: 'custom',
        path: [i],
        message: `found ${level} twice; allowed: each level once`,
      });
    });
  });

/** One level of noise, said both ways. */
export interface NoiseLevel {
  /** Standard deviation per quadrature channel, in the unit of S0. */
  readonly sigma: number;
  /** S0 / sigma. */
  readonly snr: number;
}

/** Simulated test voxels: the same tissue at every noise level. */
export const PhantomData = z
  .strictObject({
    voxels: z.int().min(1).max(10_000_000).describe('voxels per noise level'),
    S0: z.number().positive().describe('signal at b=0 without noise'),
    noise: oneOfKeys({
      sigma: Levels.describe('standard deviations per quadrature channel, in the unit of S0'),
      snr: Levels.describe('S0 / sigma'),
    }),
    tissue: Tissue,
    seeds: Seeds.optional().describe('by default derived from the seed of the study'),
  })
  .transform(({ noise, ...data }) => ({
    ...data,
    noise: ('sigma' in noise ? noise.sigma : noise.snr).map((level): NoiseLevel => {
      const other = data.S0 / level;
      return 'sigma' in noise ? { sigma: level, snr: other } : { sigma: other, snr: level };
    }),
  }));
export type PhantomData = z.output<typeof PhantomData>;
