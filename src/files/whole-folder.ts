import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { mkdir, rename, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InputError } from '../contracts/input-error.ts';
import { reason } from './reason.ts';
import { removeLeftovers, temporaryPath } from './temporary-path.ts';
import { undoAtExit } from './undo-at-exit.ts';

/** Writes a file below the folder. @param path relative to the folder, with `/` between its parts */
export type WriteFile = (path: string, data: string | Uint8Array) => Promise<void>;

/**
 * Writes a data set into a new folder, which appears under its name when everything is written, or not at all.
 * @returns the files' paths
 * @throws InputError where `folder` can't be written to, or holds something already
 */
export async function writeWholeFolder(
  folder: string,
  fill: (write: WriteFile) => Promise<void>,
): Promise<readonly string[]> {
  const replaced = refuseUsed(folder);
  removeLeftovers(folder);
  const temporary = temporaryPath(folder);
  const discard = () => {
    try {
      rmSync(temporary, { recursive: true, force: true, maxRetries: 3 });
    } catch {
      // Nothing could be written there in the first place.
    }
  };
  const release = undoAtExit(discard);
  const written: string[] = [];
  try {
    await mkdir(temporary, { recursive: true });
    await fill(async (path, data) => {
      const file = join(temporary, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, data);
      written.push(join(folder, path));
    });
    if (replaced) await rmdir(folder);
    await rename(temporary, folder);
  } catch (error) {
    discard();
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    throw new InputError(`cannot write to ${folder}: ${reason(error)}`, { cause: error });
  } finally {
    release();
  }
  return written;
}

/** @returns whether an empty folder is in the place of the new one */
function refuseUsed(folder: string): boolean {
  if (!existsSync(folder)) return false;
  if (!statSync(folder).isDirectory()) throw new InputError(`cannot write to ${folder}: it is a file`);
  const [first] = readdirSync(folder);
  if (first === undefined) return true;
  throw new InputError(
    `cannot write to ${folder}: it holds ${first} already; allowed: a new or an empty folder, so that no data sets mix`,
  );
}
