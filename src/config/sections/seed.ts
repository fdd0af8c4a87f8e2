import { z } from 'zod';
import { deriveSeed } from '../../random/seed.ts';

/** What NumPy's legacy generator takes as a seed. */
export const Seed = z.int().min(0).max(0xffffffff);

/** Seeds of simulated voxels: one for tissue and noise level, one for the noise itself. */
export const Seeds = z.strictObject({ parameters: Seed, noise: Seed });
export type Seeds = z.output<typeof Seeds>;

/** The seeds of a set of simulated voxels: those given, else derived from the seed of the study. */
export function seedsOf(set: 'data' | 'training', given: Seeds | undefined, studySeed: number): Seeds {
  return (
    given ?? {
      parameters: deriveSeed(studySeed, set, 'parameters'),
      noise: deriveSeed(studySeed, set, 'noise'),
    }
  );
}
