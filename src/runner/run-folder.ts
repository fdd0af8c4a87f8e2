import { realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { InputError } from '../contracts/input-error.ts';
import { makeFolder } from '../files/make-folder.ts';
import { refuseLinks } from '../files/real-folders.ts';
import { reason } from '../files/reason.ts';
import { CELLS_FOLDER } from './stored-run.ts';

/**
 * Creates the folder of a run and checks that it is writable.
 * @returns its path without symbolic links
 * @throws InputError if it is not, before any work is done
 */
export function openRunFolder(out: string): string {
  const dir = resolve(out);
  try {
    refuseLinks(dir, CELLS_FOLDER);
    makeFolder(join(dir, CELLS_FOLDER));
    const probe = join(dir, `.write-test-${process.pid}`);
    writeFileSync(probe, '');
    rmSync(probe);
    return realpathSync(dir);
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`cannot write to ${out}: ${reason(error)}`, { cause: error });
  }
}
