import { z } from 'zod';
import { Distribution } from './distribution.ts';
import { Seeds } from './seed.ts';
import { Tissue } from './tissue.ts';

/** Simulated voxels for training networks; their S0 is that of the data. */
export const Training = z
  .strictObject({
    voxels: z.int().min(1).max(10_000_000).describe('number of training voxels'),
    noise: z
      .strictObject({
        sigma: Distribution.describe(
          'standard deviation per quadrature channel, in the unit of S0, drawn per voxel',
        ),
      })
      .describe('noise of the training voxels'),
    tissue: Tissue.optional().describe('tissue of the training voxels; by default that of the data'),
    seeds: Seeds.optional().describe(
      'seeds of the training voxels; by default derived from the seed of the study',
    ),
  })
  .meta({ id: 'Training', description: 'simulated voxels that networks are trained on' });
export type Training = z.output<typeof Training>;
