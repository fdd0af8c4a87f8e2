import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { SavedModel } from '../contracts/fitter.ts';
import { InputError } from '../contracts/input-error.ts';
import { LARGEST_TEXT, readInput } from '../files/read-input.ts';
import { reason } from '../files/reason.ts';
import { keptName } from '../plugins/kept-name.ts';

const MANIFEST = 'manifest.json';

/** The size of all files together: a folder that is not that of a network may hold anything. */
const LARGEST_MODEL = 256 * 2 ** 20;

/** A saved preparation and its folder. */
export interface ModelFolder extends SavedModel {
  readonly folder: string;
}

/**
 * Reads a saved preparation: all files of a folder.
 * @param option that named it, for messages
 * @throws InputError if the folder can't be read or is empty
 */
export async function readModel(folder: string, option = '--model'): Promise<ModelFolder> {
  const files = new Map<string, Uint8Array>();
  const within: string[] = [];
  let size = 0;
  try {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (existsSync(join(folder, entry.name, MANIFEST))) within.push(join(folder, entry.name));
      if (!entry.isFile()) continue;
      const bytes = await readInput(join(folder, entry.name), LARGEST_TEXT);
      size += bytes.length;
      if (size > LARGEST_MODEL)
        throw new InputError(
          `${option} ${folder}: found files of more than ${LARGEST_MODEL} bytes together; allowed: the folder of a network`,
        );
      files.set(entry.name, new Uint8Array(bytes));
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`${option} ${folder}: ${reason(error)}`, { cause: error });
  }
  if (!files.has(MANIFEST) && within.length > 0)
    throw new InputError(
      `${option} ${folder}: it is not the folder of a network; did you mean ${within.join(' or ')}?`,
    );
  if (files.size === 0) throw new InputError(`${option} ${folder}: the folder holds no files`);
  return { folder, files };
}

/**
 * Returns the name of the fitter that a saved preparation belongs to, from its manifest.
 * @throws InputError if the manifest does not state it, or gives a path
 */
export function fitterOf({ folder, files }: ModelFolder): string {
  const bytes = files.get(MANIFEST);
  if (bytes) {
    let manifest: { readonly fitter?: unknown } | null;
    try {
      manifest = JSON.parse(new TextDecoder().decode(bytes)) as typeof manifest;
    } catch {
      throw new InputError(`--model ${folder}: its manifest.json is not JSON`);
    }
    if (typeof manifest?.fitter === 'string')
      return keptName(manifest.fitter, `--model ${folder}: manifest.json: fitter`);
  }
  throw new InputError(`--model ${folder}: no manifest.json says which fitter it is for: give --fitter NAME`);
}
