import { open } from 'node:fs/promises';
import { reason } from './reason.ts';

/**
 * Writes a file and waits until the system has it on the disk, so that a loss of power can't empty it after a rename.
 * @param name what it will be called, for messages
 * @throws Error with that name and the reason: the system's own names no file once it is open
 */
export async function writeFlushed(
  path: string,
  contents: Uint8Array | string | Iterable<string>,
  name = path,
): Promise<void> {
  try {
    await writeAndFlush(path, contents);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    throw new Error(`cannot write ${name}: ${reason(error)}`, { cause: error });
  }
}

async function writeAndFlush(path: string, contents: Uint8Array | string | Iterable<string>): Promise<void> {
  const handle = await open(path, 'w');
  try {
    if (typeof contents === 'string' || contents instanceof Uint8Array) await handle.writeFile(contents);
    else for (const piece of contents) await handle.appendFile(piece);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}
