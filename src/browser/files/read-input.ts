import { InputError } from '../../contracts/input-error.ts';
import { reason } from '../../files/reason.ts';
import { contentsOf } from './memory.ts';

/** See `src/files/read-input.ts`. */
export const LARGEST_TEXT = 64 * 2 ** 20;
const LARGEST_FILE = 2 ** 31 - 1;

/**
 * Reads a file in memory as a whole.
 * @param limit the largest size in bytes
 * @throws InputError if there is none of that name, it can't be read, or it is larger
 */
export async function readInput(file: string, limit = LARGEST_FILE): Promise<Uint8Array> {
  const bytes = await contentsOf(file).catch((error: unknown) => {
    throw new InputError(`cannot read ${file}: ${reason(error)}`, { cause: error });
  });
  if (!bytes) throw new InputError(`cannot read ${file}: no such file`);
  if (bytes.length <= limit) return bytes;
  throw new InputError(`${file}: found ${bytes.length} bytes; allowed: up to ${limit}`);
}

/** @throws InputError always: tables that are read piece by piece are no scans */
export async function openInput(file: string): Promise<never> {
  throw new InputError(`${file}: the page fits .nii and .nii.gz images; tables are fitted by ivim-bench fit`);
}
