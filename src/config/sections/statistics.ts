import { z } from 'zod';

/** How intervals are computed: resamples of the bootstrap over voxels. */
export const Statistics = z
  .strictObject({
    resamples: z
      .int()
      .min(10)
      .max(100_000)
      .default(1000)
      .describe('resamples of bootstraps over voxels or cases, where intervals have no closed form'),
  })
  .meta({ id: 'Statistics', description: 'how 95 % intervals are computed' });
export type Statistics = z.output<typeof Statistics>;
