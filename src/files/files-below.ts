import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../contracts/input-error.ts';
import { reason } from './reason.ts';

/** So deep are folders searched: discs of scans have a folder per patient, study and series. */
const DEPTH = 8;

/**
 * Lists the files in a folder and in those below, in the order of their names. Links are not followed.
 * @throws InputError if a folder can't be read
 */
export async function filesBelow(folder: string, depth = DEPTH): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw new InputError(`cannot read ${folder}: ${reason(error)}`, { cause: error });
  });
  const found: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isFile()) found.push(path);
    else if (entry.isDirectory() && depth > 0) found.push(...(await filesBelow(path, depth - 1)));
  }
  return found;
}
