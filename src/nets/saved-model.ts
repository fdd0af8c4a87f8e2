import { z } from 'zod';
import type { SavedModel } from '../contracts/fitter.ts';
import { InputError } from '../contracts/input-error.ts';
import type { DenseWeights } from './engine.ts';
import { denseNetwork, lossCurve, tissue } from './manifest-schemas.ts';
import { packNetwork, unpackNetwork } from './model-files.ts';

const numbers = z.array(z.number()).readonly();
const head = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('linear') }),
  z.object({ kind: z.literal('abs') }),
  z.object({ kind: z.literal('sigmoid'), low: numbers, high: numbers }),
]);

const tuple = <A extends string, B extends string, C extends string>(a: A, b: B, c: C) =>
  z.tuple([z.literal(a), z.literal(b), z.literal(c)]).readonly();

/**
 * `manifest.json` of a saved network of the signals of one protocol: its purpose and its training. It records the b-values because
 * the inputs are the signals at these; a `SavedModel` by itself, and networks of other inputs, know of none.
 */
const modelManifest = z.object({
  format: z.literal('ivim-bench network'),
  version: z.literal(1),
  /** Name of the fitter that trained it and can use it. */
  fitter: z.string(),
  /** b-values in s/mm² of the signals it accepts, the first 0. */
  bValues: z.array(z.number()).min(2).readonly(),
  network: denseNetwork.extend({
    head,
    branches: z.int().positive().optional(),
    batchNorm: z.boolean().optional(),
    dropout: numbers.optional(),
  }),
  /** What the columns of the network's output are. */
  outputs: z.union([
    tuple('Dp', 'D', 'f'),
    tuple('D', 'Dp', '1 - f'),
    z.tuple([z.literal('Dp'), z.literal('D'), z.literal('f'), z.literal('S0')]).readonly(),
  ]),
  training: z.object({
    voxels: z.int().nonnegative(),
    /** `simulated`, or `measured` if the truth is unknown. */
    origin: z.enum(['simulated', 'measured']),
    /** Distributions of the simulated tissue, where known. */
    tissue: tissue.optional(),
    settings: z.record(z.string(), z.json()),
    seed: z.number(),
    /** The training of the network that provided the initial weights, if there was one. */
    startedFrom: z
      .object({
        voxels: z.int().nonnegative(),
        origin: z.enum(['simulated', 'measured']),
        epochs: z.number(),
      })
      .optional(),
    stoppedBy: z.enum(['patience', 'epochs']),
    bestEpoch: z.number(),
    losses: lossCurve,
  }),
  /** Names of engines or programs to their versions. */
  versions: z.record(z.string(), z.string()),
  /** File names to checksums. */
  sha256: z.record(z.string(), z.string()),
});
type ModelManifest = z.infer<typeof modelManifest>;

/** Description of a trained network; the rest of the manifest is about its files. */
export type NetworkDescription = Omit<ModelManifest, 'format' | 'version' | 'sha256'>;

export interface SavedNetwork {
  readonly description: NetworkDescription;
  readonly weights: DenseWeights;
}

/** The files of a network for one protocol. */
export async function saveNetwork(
  description: NetworkDescription,
  weights: DenseWeights,
): Promise<SavedModel> {
  return packNetwork({ format: 'ivim-bench network', version: 1, ...description }, weights);
}

/**
 * Reads a trained network back.
 *
 * @throws InputError if it is incomplete, damaged, made by another fitter, or for other b-values
 */
export async function openNetwork(
  model: SavedModel,
  wanted: { readonly fitter: string; readonly bValues: Float64Array },
): Promise<SavedNetwork> {
  const { manifest, weights } = await unpackNetwork(model, modelManifest, wanted.fitter);
  requireSameBValues(manifest.bValues, wanted.bValues);
  return { description: manifest, weights };
}

/**
 * Checks that a network whose inputs are the signals of one protocol is used for that protocol.
 * @throws InputError if the b-values differ
 */
export function requireSameBValues(trained: readonly number[], given: Float64Array): void {
  if (trained.length === given.length && trained.every((b, k) => b === given[k])) return;
  throw new InputError(
    `the saved model was trained for b-values ${trained.join(', ')}, the signals have ${given.join(', ')}: use a model trained for this protocol`,
  );
}
