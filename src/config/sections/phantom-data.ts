import { z } from 'zod';
import { LARGEST_RATE } from '../../signal/b-values.ts';
import { oneOfKeys } from './one-of-keys.ts';
import { Seeds } from './seed.ts';
import { Tissue } from './tissue.ts';

const Levels = z.array(z.number().positive()).min(1);

/** One noise level, expressed both ways. */
export interface NoiseLevel {
  /** Standard deviation per quadrature channel, in the unit of S0. */
  readonly sigma: number;
  /** S0 / sigma to six digits: for a round sigma, a number that people and tables can compare. */
  readonly snr: number;
}

/** Simulated test voxels: the same tissue at every noise level. */
export const PhantomData = z
  .strictObject({
    voxels: z.int().min(1).max(10_000_000).describe('voxels per noise level'),
    S0: z.number().positive().describe('signal at b=0 without noise'),
    noise: oneOfKeys({
      sigma: Levels.describe('standard deviations per quadrature channel, in the unit of S0'),
      snr: Levels.describe('signal-to-noise ratios at b=0, S0 / sigma'),
    }).describe('noise levels; each is a set of test voxels of the same tissue'),
    tissue: Tissue.describe('distribution of the true parameters of the test voxels'),
    tissues: z
      .array(
        z.strictObject({
          D: z.number().nonnegative().max(LARGEST_RATE.D).describe('diffusion coefficient, mm²/s'),
          f: z.number().min(0).max(1).describe('perfusion fraction, 0 to 1'),
          Dp: z.number().nonnegative().max(LARGEST_RATE.Dp).describe('pseudo-diffusion coefficient, mm²/s'),
          name: z.string().min(1).optional().describe('a comment for readers of the config; not used'),
        }),
      )
      .min(1)
      .optional()
      .describe(
        'tissues assigned to voxels in turn instead of draws from `tissue`; fitters only get `tissue`',
      ),
    seeds: Seeds.optional().describe(
      'seeds of the test voxels; by default derived from the seed of the study',
    ),
  })
  .superRefine(({ noise, S0 }, context) => {
    const snrs = noiseLevels(noise, S0).map(({ snr }) => snr);
    const [[kind, levels]] = Object.entries<readonly number[]>(noise);
    levels.forEach((level, i) => {
      const first = snrs.indexOf(snrs[i]);
      if (first === i) return;
      const found = levels[first] === level ? `${level} twice` : `${level} beside ${levels[first]}`;
      context.addIssue({
        code: 'custom',
        path: ['noise', kind, i],
        message: `found ${found}; allowed: each level once, identified by its SNR to six digits (${snrs[i]})`,
      });
    });
  })
  .transform(({ noise, ...data }) => ({ ...data, noise: noiseLevels(noise, data.S0) }))
  .meta({ id: 'SimulatedData', description: 'simulated test voxels' });
export type PhantomData = z.output<typeof PhantomData>;

type Noise = { readonly sigma: readonly number[] } | { readonly snr: readonly number[] };

function noiseLevels(noise: Noise, S0: number): NoiseLevel[] {
  return 'sigma' in noise
    ? noise.sigma.map((sigma) => ({ sigma, snr: sixDigits(S0 / sigma) }))
    : noise.snr.map((snr) => ({ sigma: S0 / snr, snr: sixDigits(snr) }));
}

const sixDigits = (value: number): number => Number(value.toPrecision(6));
