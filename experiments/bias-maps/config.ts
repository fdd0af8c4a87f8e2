import { z } from 'zod';
import { Protocols } from '../../src/config/sections/protocols.ts';
import { SimulatedKeys } from '../../src/simulated/config.ts';
import { LARGEST_RATE } from '../../src/signal/b-values.ts';

/** The YAML of maps of bias. `data.tissue` is what the fitters are given as prior or learn from. */
export const biasMapsSchema = SimulatedKeys.omit({ protocol: true }).extend({
  protocols: Protocols,
  grid: z
    .strictObject({
      D: z.number().positive().max(LARGEST_RATE.D).describe('diffusion coefficient of all voxels, mm²/s'),
      f: z.array(z.number().min(0).max(1)).min(2).describe('perfusion fractions of the nodes'),
      Dp: z
        .array(z.number().positive().max(LARGEST_RATE.Dp))
        .min(2)
        .describe('pseudo-diffusion coefficients of the nodes, mm²/s'),
      voxels: z.int().min(10).max(100_000).describe('voxels at each node'),
    })
    .describe('true tissues: a node for every pair of f and Dp'),
});
export type BiasMapsConfig = z.output<typeof biasMapsSchema>;
