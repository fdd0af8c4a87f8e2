import { constants, open, type FileHandle } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import { InputError } from '../contracts/input-error.ts';
import { reason } from './reason.ts';

/** The largest size of text that is read as a whole: b-values, tables of participants, JSON, a protocol. */
export const LARGEST_TEXT = 64 * 2 ** 20;

/** The largest file that is read as a whole: what Node reads into one buffer. */
export const LARGEST_FILE = 2 ** 31 - 1;

/**
 * Opens a file that somebody named. Files come from strangers: a device never ends, and a pipe may never begin.
 * @throws InputError if it can't be opened, or is no regular file
 */
export async function openInput(file: string): Promise<{ handle: FileHandle; size: number }> {
  let handle: FileHandle | undefined;
  try {
    // A pipe that nobody writes to would otherwise block.
    handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const facts = await handle.stat();
    const kind = kindOf(facts);
    if (kind !== 'file') throw new InputError(`cannot read ${file}: it is a ${kind}, not a file`);
    return { handle, size: facts.size };
  } catch (error) {
    await handle?.close();
    if (error instanceof InputError) throw error;
    throw new InputError(`cannot read ${file}: ${reason(error)}`, { cause: error });
  }
}

/**
 * Reads a file as a whole.
 * @param limit the largest size in bytes
 * @throws InputError if it can't be read, is no regular file, or is larger
 */
export async function readInput(file: string, limit = LARGEST_FILE): Promise<Buffer> {
  const { handle, size } = await openInput(file);
  try {
    if (size > limit) throw tooLarge(file, size, limit);
    const bytes = await handle.readFile();
    // Files of /proc have no size before they are read.
    if (bytes.length > limit) throw tooLarge(file, bytes.length, limit);
    return bytes;
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`cannot read ${file}: ${reason(error)}`, { cause: error });
  } finally {
    await handle.close();
  }
}

const tooLarge = (file: string, size: number, limit: number): InputError =>
  new InputError(`${file}: found ${size} bytes; allowed: up to ${limit}`);

function kindOf(facts: Stats): string {
  if (facts.isFile()) return 'file';
  if (facts.isDirectory()) return 'folder';
  return facts.isFIFO() || facts.isSocket() ? 'pipe' : 'device';
}
