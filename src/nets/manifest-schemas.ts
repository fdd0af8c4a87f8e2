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

const between = z.tuple([z.number(), z.number()]);
const distribution = z.union([
  z.strictObject({ uniform: between }),
  z.strictObject({ logUniform: between }),
  z.strictObject({ normal: z.strictObject({ mean: z.number(), sd: z.number() }) }),
  z.strictObject({ constant: z.number() }),
]);

/** Distributions of the simulated tissue. */
export const tissue: z.ZodType<TissuePrior> = z.object({
  D: distribution,
  f: distribution,
  Dp: distribution,
});

export const lossCurve = z.array(z.object({ epoch: z.number(), loss: z.number() })).readonly();
