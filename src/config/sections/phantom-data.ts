import { z } from 'zod';
import { LARGEST_RATE } from '../../signal/b-values.ts';
import { uniform } from './distribution.ts';
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

/** A range of noise: every voxel draws its own sigma from it, so that the voxels have no SNR in common. */
export interface NoiseRange {
  readonly sigma: { readonly uniform: readonly [number, number] };
}

/** The noise of a set of test voxels. */
export type TestNoise = NoiseLevel | NoiseRange;

const SIGMA = 'standard deviations per quadrature channel, in the unit of S0';
const SNR = 'signal-to-noise ratios at b=0, S0 / sigma';
const NOISE = 'noise levels; each is a set of test voxels of the same tissue';

/** Levels, where a range is refused in words that say which experiment takes one. */
const SigmaLevels = z
  .array(z.number().positive(), {
    error: ({ input }) =>
      typeof input === 'object' && input !== null && 'uniform' in input
        ? 'found a range; allowed: a list of one or more numbers above 0, since only parameter-range has test voxels of a range of noise'
        : undefined,
  })
  .min(1);

const LevelNoise = oneOfKeys({ sigma: SigmaLevels.describe(SIGMA), snr: Levels.describe(SNR) });

const AnyNoise = oneOfKeys({
  sigma: z
    .union([Levels, z.strictObject({ uniform }).describe('a range')])
    .describe(`${SIGMA}; or a range, from which each voxel draws its own`),
  snr: Levels.describe(SNR),
});

/** Simulated test voxels whose noise `noise` describes. */
const testVoxels = <N extends typeof LevelNoise | typeof AnyNoise>(noise: N) =>
  z.strictObject({
    voxels: z.int().min(1).max(10_000_000).describe('voxels per noise level'),
    S0: z.number().positive().describe('signal at b=0 without noise'),
    noise,
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
  });

/** Simulated test voxels: the same tissue at every noise level. */
export const PhantomData = testVoxels(LevelNoise.describe(NOISE))
  .superRefine(checkLevels)
  .transform(({ noise, ...data }) => ({ ...data, noise: testNoise(noise, data.S0) }))
  .meta({ id: 'SimulatedData', description: 'simulated test voxels' });
export type PhantomData = z.output<typeof PhantomData>;

/** Simulated test voxels at noise levels, or with a sigma of their own each. */
export const AnyNoiseData = testVoxels(AnyNoise.describe(`${NOISE}; or a range of noise`))
  .superRefine(checkLevels)
  .transform(({ noise, ...data }) => ({ ...data, noise: testNoise(noise, data.S0) }))
  .meta({
    id: 'SimulatedDataOfAnyNoise',
    description: 'simulated test voxels, at noise levels or of a range of noise',
  });
export type AnyNoiseData = z.output<typeof AnyNoiseData>;

type GivenLevels = z.output<typeof LevelNoise>;
type GivenNoise = z.output<typeof AnyNoise>;

/** Rejects levels that are the same to six digits of their SNR, which identifies them. */
function checkLevels(
  { noise, S0 }: { readonly noise: GivenNoise; readonly S0: number },
  context: z.core.$RefinementCtx,
): void {
  const snrs = testNoise(noise, S0).map((level) => ('snr' in level ? level.snr : NaN));
  const [[kind, levels]] = Object.entries<unknown>(noise);
  if (!Array.isArray(levels)) return;
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
}

function testNoise(noise: GivenLevels, S0: number): NoiseLevel[];
function testNoise(noise: GivenNoise, S0: number): TestNoise[];
function testNoise(noise: GivenNoise, S0: number): TestNoise[] {
  if ('snr' in noise) return noise.snr.map((snr) => ({ sigma: S0 / snr, snr: sixDigits(snr) }));
  const { sigma } = noise;
  if ('uniform' in sigma) return [{ sigma }];
  return sigma.map((level) => ({ sigma: level, snr: sixDigits(S0 / level) }));
}

const sixDigits = (value: number): number => Number(value.toPrecision(6));
