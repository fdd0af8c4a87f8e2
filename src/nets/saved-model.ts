import type { SavedModel } from '../contracts/fitter.ts';
import { InputError } from '../contracts/input-error.ts';
import type { DenseWeights } from './engine.ts';
import { packNetwork, unpackNetwork } from './model-files.ts';
import { modelManifest } from './model-manifest.ts';
import type { ModelManifest } from './model-manifest.ts';

/** What is known about a trained network; the rest of the manifest is about its files. */
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
 * @throws InputError where it is incomplete, damaged, made by another fitter, or for other b-values
 */
export async function openNetwork(
  model: SavedModel,
  wanted: { readonly fitter: string; readonly bValues: Float64Array },
): Promise<SavedNetwork> {
  const { manifest, weights } = await unpackNetwork(model, modelManifest, wanted.fitter);
  const given = [...wanted.bValues];
  if (given.length !== manifest.bValues.length || given.some((b, k) => b !== manifest.bValues[k])) {
    throw new InputError(
      `the saved model was trained for b-values ${manifest.bValues.join(', ')}, the signals have ${given.join(', ')}: use a model trained for this protocol`,
    );
  }
  return { description: manifest, weights };
}
