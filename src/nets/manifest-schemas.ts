import { z } from 'zod';
import type { TissuePrior } from '../contracts/fitter.ts';

/** Parts that the manifests of saved networks share. */

/** A dense network, but for what follows its last layer. */
export const denseNetwork = z.object({
  inputs: z.int().positive(),
  hidden: z.array(z.int().positive()).readonly(),
  activation: z.enum(['elu', 'relu', 'silu']),
  outputs: z.int().positive(),
});

export const linearNetwork = denseNetwork.extend({ head: z.object({ kind: z.literal('linear') }) });

/** Distributions of the simulated tissue. The config's schema has checked them before the training. */
export const tissue = z.custom<TissuePrior>((value) => typeof value === 'object' && value !== null);

export const lossCurve = z.array(z.object({ epoch: z.number(), loss: z.number() })).readonly();
