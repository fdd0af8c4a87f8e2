import type { SavedModel } from '../contracts/fitter.ts';
import { InputError } from '../contracts/input-error.ts';
import type { DenseWeights } from './engine.ts';
import { fromLayersModel, toLayersModel } from './layers-model.ts';
import { modelManifest } from './model-manifest.ts';
import type { ModelManifest } from './model-manifest.ts';

/** What is known about a trained network; the rest of the manifest is about its files. */
export type NetworkDescription = Omit<ModelManifest, 'format' | 'version' | 'sha256'>;

export interface SavedNetwork {
  readonly description: NetworkDescription;
  readonly weights: DenseWeights;
}

/**
 * The files of a trained network: `model.json` and `weights.bin` in TensorFlow.js's layers format, so that other
 * programs can load it, and `manifest.json`, which this one needs.
 */
export async function saveNetwork(
  description: NetworkDescription,
  weights: DenseWeights,
): Promise<SavedModel> {
  const model = toLayersModel(description.network, weights);
  const bytes = new Uint8Array(model.weights.buffer);
  const manifest: ModelManifest = {
    format: 'ivim-bench network',
    version: 1,
    ...description,
    sha256: { 'weights.bin': await sha256(bytes) },
  };
  return {
    files: new Map([
      ['model.json', json(model.json)],
      ['weights.bin', bytes],
      ['manifest.json', json(manifest)],
    ]),
  };
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
  const manifest = readManifest(file(model, 'manifest.json'));
  if (manifest.fitter !== wanted.fitter) {
    throw new InputError(`the saved model was made by fitter ${manifest.fitter}, not by ${wanted.fitter}`);
  }
  const given = [...wanted.bValues];
  if (given.length !== manifest.bValues.length || given.some((b, k) => b !== manifest.bValues[k])) {
    throw new InputError(
      `the saved model was trained for b-values ${manifest.bValues.join(', ')}, the signals have ${given.join(', ')}: use a model trained for this protocol`,
    );
  }
  const bytes = file(model, 'weights.bin');
  if ((await sha256(bytes)) !== manifest.sha256['weights.bin']) {
    throw new InputError(
      'the saved model is damaged: the checksum of weights.bin is not the one in manifest.json',
    );
  }
  // Copied, because the bytes of a file read from disk need not start on a multiple of four.
  return {
    description: manifest,
    weights: fromLayersModel(manifest.network, new Float32Array(bytes.slice().buffer)),
  };
}

function readManifest(bytes: Uint8Array): ModelManifest {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new InputError('manifest.json of the saved model is not JSON');
  }
  const result = modelManifest.safeParse(parsed);
  if (result.success) return result.data;
  const { path, message } = result.error.issues[0];
  throw new InputError(`manifest.json of the saved model: ${path.join('.') || 'as a whole'}: ${message}`);
}

function file(model: SavedModel, name: string): Uint8Array {
  const bytes = model.files.get(name);
  if (!bytes)
    throw new InputError(
      `the saved model has no file ${name}; it holds ${[...model.files.keys()].join(', ') || 'nothing'}`,
    );
  return bytes;
}

function json(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);
}

async function sha256(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
