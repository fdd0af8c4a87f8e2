import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/** SHA-256 of the contents of a file, in hexadecimal. */
export async function contentHash(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
}
