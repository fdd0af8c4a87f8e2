import { z } from 'zod';
import type { TissuePrior } from '../../contracts/fitter.ts';

const pair = z.tuple([z.number(), z.number()]).readonly();

/** `manifest.json` of a saved network: what it is, and what it was trained on. */
export const manifest = z.object({
  format: z.literal('ivim-bench network for any protocol'),
  version: z.literal(1),
  fitter: z.literal('any-protocol-net'),
  /** Prior of the tissue. */
  tissue: z.custom<TissuePrior>((value) => typeof value === 'object' && value !== null),
  network: z.object({
    inputs: z.int().positive(),
    hidden: z.array(z.int().positive()).readonly(),
    activation: z.enum(['elu', 'relu', 'silu']),
    outputs: z.int().positive(),
    head: z.object({ kind: z.literal('linear') }),
  }),
  /** Levels of the quantiles after the mean of each of D, f and Dp. */
  quantiles: z.array(z.number()).readonly(),
  /** S0 over noise, and b-values in s/mm², that it was trained for. */
  range: z.object({
    snr: pair,
    largestB: pair,
    smallestB: z.number(),
    bValues: pair,
    /** Of the lowest b-value, where no protocol had b=0. */
    lowestB: pair.optional(),
  }),
  training: z.object({
    settings: z.record(z.string(), z.union([z.string(), z.number()])),
    seed: z.number(),
    voxels: z.number(),
    /** The mean loss of every hundredth of the training. */
    losses: z.array(z.object({ epoch: z.number(), loss: z.number() })).readonly(),
  }),
  /** What computed: names of engines or programs to their versions. */
  versions: z.record(z.string(), z.string()),
  sha256: z.record(z.string(), z.string()),
});
export type Manifest = z.infer<typeof manifest>;
