import { open } from 'node:fs/promises';

/** Writes a file and waits until the system has it on the disk, so that a loss of power can't empty it after a rename. */
export async function writeFlushed(
  path: string,
  contents: Uint8Array | string | Iterable<string>,
): Promise<void> {
  const handle = await open(path, 'w');
  try {
    if (typeof contents === 'string' || contents instanceof Uint8Array) await handle.writeFile(contents);
    else for (const piece of contents) await handle.appendFile(piece);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}
