import type { StoredRun } from '../contracts/stored-run.ts';

/**
 * Reads a run from its folder, finished or not: rows and notes of the cells that are done, in an order that
 * depends on what they say alone (fitters in any order, any number of workers: the same).
 * @throws InputError where the folder holds no run
 */
export async function readStoredRun(dir: string): Promise<StoredRun> {
  throw new Error(`not yet: ${dir}`);
}
