import { z } from 'zod';

/** A seed of NumPy's legacy generator. */
export const Seed = z.int().min(0).max(0xffffffff);

/** Seeds of simulated voxels: one for tissue and noise level, one for the noise itself. */
export const Seeds = z
  .strictObject({
    parameters: Seed.describe('seed of tissue parameters, and of noise levels where they are drawn'),
    noise: Seed.describe('seed of the noise'),
  })
  .meta({ id: 'Seeds', description: 'seeds of simulated voxels' });
export type Seeds = z.output<typeof Seeds>;
