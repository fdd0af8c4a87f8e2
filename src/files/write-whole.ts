import { rmSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { writeFlushed } from './flush.ts';
import { makeFolder } from './make-folder.ts';
import { removeLeftovers, temporaryPath } from './temporary-path.ts';
import { undoAtExit } from './undo-at-exit.ts';

/**
 * Writes a file under another name first and renames it, so that nobody ever finds half of it.
 * @param contents text may come in pieces
 */
export async function writeWhole(
  path: string,
  contents: string | Uint8Array | Iterable<string>,
): Promise<void> {
  makeFolder(dirname(resolve(path)));
  removeLeftovers(path);
  const part = temporaryPath(path);
  const discard = () => rmSync(part, { force: true });
  const release = undoAtExit(discard);
  try {
    await writeFlushed(part, contents, path);
    await rename(part, path);
  } catch (error) {
    discard();
    throw error;
  } finally {
    release();
  }
}
