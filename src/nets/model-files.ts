import type { ZodType } from 'zod';
import type { SavedModel } from '../contracts/fitter.ts';
import { InputError } from '../contracts/input-error.ts';
import { readShipped } from '../files/read-shipped.ts';
import type { DenseNetwork, DenseWeights } from './engine.ts';
import { fromLayersModel, toLayersModel } from './layers-model.ts';

const FILES = ['manifest.json', 'model.json', 'weights.bin'];

/**
 * Reads a trained network that is shipped with the program.
 *
 * @param name folder in `models/`
 * @throws Error if it is missing, which does not happen in a complete package
 */
export async function shippedModel(name: string): Promise<SavedModel> {
  const read = await Promise.all(FILES.map((file) => readShipped(`models/${name}/${file}`)));
  if (read.every((bytes) => bytes !== undefined)) {
    return { files: new Map(FILES.map((file, i) => [file, read[i]])) };
  }
  throw new Error(`this copy of the program lacks the trained network models/${name}`);
}

/** The fields that the manifest of every saved network has, in addition to its description. */
interface ManifestOfNetwork {
  readonly fitter: string;
  readonly network: DenseNetwork;
  /** File names to checksums. */
  readonly sha256: Readonly<Record<string, string>>;
}

/**
 * Encodes a network as files: `model.json` and `weights.bin` in TensorFlow.js's layers format, which other programs can load,
 * and `manifest.json`, which this program needs.
 */
export async function packNetwork(
  manifest: Readonly<Record<string, unknown>> & Omit<ManifestOfNetwork, 'sha256'>,
  weights: DenseWeights,
): Promise<SavedModel> {
  const model = toLayersModel(manifest.network, weights);
  const bytes = new Uint8Array(model.weights.buffer);
  return {
    files: new Map([
      ['model.json', json(model.json)],
      ['weights.bin', bytes],
      ['manifest.json', json({ ...manifest, sha256: { 'weights.bin': await sha256(bytes) } })],
    ]),
  };
}

/**
 * Reads a network back.
 *
 * @param schema of the manifest
 * @throws InputError if it is incomplete, damaged, or made by another fitter
 */
export async function unpackNetwork<M extends ManifestOfNetwork>(
  model: SavedModel,
  schema: ZodType<M>,
  fitter: string,
): Promise<{ manifest: M; weights: DenseWeights }> {
  const parsed = parse(file(model, 'manifest.json'));
  refuseOther(parsed, fitter);
  const manifest = check(parsed, schema);
  const bytes = file(model, 'weights.bin');
  if ((await sha256(bytes)) !== manifest.sha256['weights.bin']) {
    throw new InputError(
      'the saved model is damaged: the checksum of weights.bin is not the one in manifest.json',
    );
  }
  // Copied, because the bytes of a file need not be aligned to four.
  return {
    manifest,
    weights: fromLayersModel(manifest.network, new Float32Array(new Uint8Array(bytes).buffer)),
  };
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new InputError('manifest.json of the saved model is not JSON');
  }
}

/** Checked first, since the manifests of other fitters have other keys. */
function refuseOther(manifest: unknown, fitter: string): void {
  const maker = (manifest as { fitter?: unknown } | null)?.fitter;
  if (typeof maker === 'string' && maker !== fitter) {
    throw new InputError(`the saved model was made by fitter ${maker}, not by ${fitter}`);
  }
}

function check<M>(manifest: unknown, schema: ZodType<M>): M {
  const result = schema.safeParse(manifest);
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
