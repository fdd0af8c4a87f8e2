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
  z.strictObject({
    logNormal: z.strictObject({ median: z.number(), sd: z.number(), within: between }),
  }),
  z.strictObject({ constant: z.number() }),
]);

const distributions = z.object({ D: distribution, f: distribution, Dp: distribution });

/** Distributions of the simulated tissue, as they were written: a network that is saved again is the same to the last byte. */
export const tissue = z.custom<TissuePrior>(
  (value) => distributions.safeParse(value).success,
  'not a distribution each of D, f and Dp',
);

export const lossCurve = z.array(z.object({ epoch: z.number(), loss: z.number() })).readonly();
