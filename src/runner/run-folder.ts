import { existsSync, mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { InputError } from '../contracts/input-error.ts';
import { reason } from '../data/staged-files.ts';
import { CELLS_FOLDER } from './stored-run.ts';

/**
 * Makes the folder of a run and sees that it can be written to.
 * @returns its path without symbolic links
 * @throws InputError where it can't be, before any work is done
 */
export function openRunFolder(out: string): string {
  const dir = resolve(out);
  try {
    makeFolder(join(dir, CELLS_FOLDER));
    const probe = join(dir, `.write-test-${process.pid}`);
    writeFileSync(probe, '');
    rmSync(probe);
    return realpathSync(dir);
  } catch (error) {
    throw new InputError(`cannot write to ${out}: ${reason(error)}`, { cause: error });
  }
}

/** One folder at a time: `recursive: true` never comes back where a file system, like /proc, denies its own folders. */
function makeFolder(dir: string): void {
  if (existsSync(dir)) return;
  makeFolder(dirname(dir));
  try {
    mkdirSync(dir);
  } catch (error) {
    // Another process may have been quicker.
    if (!existsSync(dir)) throw error;
  }
}
