import { createHash } from 'node:crypto';
import { readInput } from './read-input.ts';

/** SHA-256 of bytes or of UTF-8 text, in hexadecimal. */
export const digestOf = (contents: Uint8Array | string): string =>
  createHash('sha256').update(contents).digest('hex');

/** SHA-256 of the contents of a file, in hexadecimal. @throws InputError if it can't be read, or is no regular file */
export async function contentHash(file: string): Promise<string> {
  return digestOf(await readInput(file));
}
