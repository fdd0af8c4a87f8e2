import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../contracts/input-error.ts';
import type { StoredRun } from '../contracts/stored-run.ts';
import { CellStore } from './cell-store.ts';
import { compareRows, compareText } from './row-order.ts';
import { RUN_FILE, type RunRecord } from './run-record.ts';

/** Folder of the cells in a run's folder. */
export const CELLS_FOLDER = 'cells';

/**
 * Reads a run from its folder, finished or not: rows and notes of the cells that are done, in an order that
 * depends on what they say alone (fitters in any order, any number of workers: the same).
 * @throws InputError where the folder holds no run
 */
export async function readStoredRun(dir: string): Promise<StoredRun> {
  const manifest = await readRunRecord(dir);
  const store = new CellStore(join(dir, CELLS_FOLDER));
  const stored = await Promise.all(
    manifest.cellList.filter(({ state }) => state !== 'failed').map(({ key }) => store.read(key)),
  );
  const cells = stored.filter((cell) => cell !== null);
  return {
    manifest,
    rows: cells.flatMap(({ rows }) => rows).sort(compareRows),
    notes: cells
      .filter(({ notes }) => notes.length > 0)
      .map(({ id, notes }) => ({ cell: id, notes }))
      .sort((a, b) => compareText(a.cell, b.cell)),
  };
}

/** @throws InputError where the folder holds no readable `run.json` */
export async function readRunRecord(dir: string): Promise<RunRecord> {
  const file = join(dir, RUN_FILE);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    throw new InputError(`${dir} holds no run: there is no ${RUN_FILE} in it`);
  }
  try {
    const record = JSON.parse(text) as Partial<RunRecord>;
    if (Array.isArray(record.cellList)) return record as RunRecord;
  } catch {
    // Told below.
  }
  throw new InputError(`${file} is not the record of a run`);
}
