import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../contracts/input-error.ts';
import type { Row } from '../contracts/metric.ts';
import type { Picture } from '../contracts/picture.ts';
import type { StoredRun } from '../contracts/stored-run.ts';
import { CellStore } from './cell-store.ts';
import { comparePictures, compareRows, compareText } from './row-order.ts';
import { RUN_FILE, type RunRecord } from './run-record.ts';
import type { StoredCell, StoredPicture } from './stored-cell.ts';
import { isTiming } from './timing-row.ts';

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
  const records = manifest.cellList.filter(({ state }) => state !== 'failed');
  const keys = records.map(({ key }) => key);
  const stored = await Promise.all(keys.map((key) => store.read(key)));
  const cells = stored.filter((cell) => cell !== null);
  const pictures = await Promise.all(
    keys.flatMap((key, i) => (stored[i]?.pictures ?? []).map((picture) => readPicture(store, key, picture))),
  );
  return {
    manifest,
    rows: records.flatMap(({ untimed }, i) => rowsOf(stored[i], untimed)).sort(compareRows),
    ...(pictures.length > 0 ? { pictures: pictures.sort(comparePictures) } : {}),
    notes: cells
      .filter(({ notes }) => notes.length > 0)
      .map(({ id, notes }) => ({ cell: id, notes }))
      .sort((a, b) => compareText(a.cell, b.cell)),
  };
}

/** @param untimed whether its times are another machine's */
function rowsOf(cell: StoredCell | null, untimed = false): readonly Row[] {
  const rows = cell?.rows ?? [];
  return untimed ? rows.filter((row) => !isTiming(row)) : rows;
}

async function readPicture(
  store: CellStore,
  key: string,
  { file, ...told }: StoredPicture,
): Promise<Picture> {
  const bytes = await store.file(key, file);
  // Copied, because the bytes of a file need not start on a multiple of four.
  return { ...told, values: new Float32Array(Uint8Array.from(bytes).buffer) };
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
