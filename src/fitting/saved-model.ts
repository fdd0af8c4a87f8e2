import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { SavedModel } from '../contracts/fitter.ts';
import { InputError } from '../contracts/input-error.ts';
import { reason } from '../files/reason.ts';

/** A saved preparation and where it came from. */
export interface ModelFolder extends SavedModel {
  readonly folder: string;
}

/**
 * Reads a saved preparation: all files of a folder.
 * @throws InputError where the folder can't be read or is empty
 */
export async function readModel(folder: string): Promise<ModelFolder> {
  const files = new Map<string, Uint8Array>();
  try {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (entry.isFile()) files.set(entry.name, new Uint8Array(await readFile(join(folder, entry.name))));
    }
  } catch (error) {
    throw new InputError(`--model ${folder}: ${reason(error)}`, { cause: error });
  }
  if (files.size === 0) throw new InputError(`--model ${folder}: the folder holds no files`);
  return { folder, files };
}
