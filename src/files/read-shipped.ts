import { readFile } from 'node:fs/promises';

/** The root of the package: relative to `src/`, and to `dist/src/`. */
const ROOTS = ['../../', '../../../'];

/** Reads a file that is shipped with the program; `path` is relative to the root of the package. Undefined if it is missing. */
export async function readShipped(path: string): Promise<Uint8Array | undefined> {
  for (const root of ROOTS) {
    const bytes = await readFile(new URL(root + path, import.meta.url)).catch(() => undefined);
    if (bytes) return new Uint8Array(bytes);
  }
  return undefined;
}
