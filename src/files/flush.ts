import { open } from 'node:fs/promises';

/** Writes a file and waits until the system has it on the disk, so that a loss of power can't empty it after a rename. */
export async function writeFlushed(path: string, contents: Uint8Array | string): Promise<void> {
  const handle = await open(path, 'w');
  try {
    await handle.writeFile(contents);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}
