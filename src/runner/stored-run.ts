import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../contracts/input-error.ts';
import type { Picture } from '../contracts/picture.ts';
import { compareNames, comparePictures, compareRows } from '../contracts/row-order.ts';
import type { StoredRun } from '../contracts/stored-run.ts';
import { CellStore } from './cell-store.ts';
import { RUN_FILE, type CellRecord, type RunRecord } from './run-record.ts';
import type { StoredCell, StoredPicture } from './stored-cell.ts';
import { isTiming } from './timing-row.ts';

/** Name of the folder with the cells, in a run's folder. */
export const CELLS_FOLDER = 'cells';

/**
 * Reads a run from its folder, finished or not: the rows and notes of finished cells, ordered by their content alone. The
 * manifest counts the cells that are readable.
 * @throws InputError if the folder holds no run
 */
export async function readStoredRun(dir: string): Promise<StoredRun> {
  const manifest = await readRunRecord(dir);
  const store = new CellStore(join(dir, CELLS_FOLDER));
  const records = manifest.cellList.filter(({ state }) => state !== 'failed');
  const read = await Promise.all(records.map((record) => readCell(store, record)));
  const cells = read.filter((cell) => cell !== null);
  const lost = records.filter(({ state }, i) => state === 'done' && read[i] === null).map(({ id }) => id);
  const pictures = cells.flatMap((cell) => cell.pictures);
  return {
    manifest: {
      ...manifest,
      cells: { ...manifest.cells, done: cells.length, ...(lost.length > 0 ? { lost } : {}) },
    },
    rows: cells.flatMap(({ rows }) => rows).sort(compareRows),
    ...(pictures.length > 0 ? { pictures: pictures.sort(comparePictures) } : {}),
    notes: cells
      .filter(({ notes }) => notes.length > 0)
      .map(({ id, notes }) => ({ cell: id, notes }))
      .sort((a, b) => compareNames(a.cell, b.cell)),
  };
}

/** Returns null if the result, or one of its pictures, is missing or not readable. */
async function readCell(
  store: CellStore,
  { key, untimed = false }: CellRecord,
): Promise<(Pick<StoredCell, 'id' | 'rows' | 'notes'> & { pictures: Picture[] }) | null> {
  const cell = await store.read(key);
  if (!cell) return null;
  const { id, notes, pictures = [] } = cell;
  // Times of another machine are not times of this run.
  const rows = untimed ? cell.rows.filter((row) => !isTiming(row)) : cell.rows;
  try {
    const read = pictures.map((picture) => readPicture(store, key, picture));
    return { id, notes, rows, pictures: await Promise.all(read) };
  } catch {
    return null;
  }
}

async function readPicture(
  store: CellStore,
  key: string,
  { file, ...picture }: StoredPicture,
): Promise<Picture> {
  const bytes = await store.file(key, file);
  // Copied, because the bytes of a file need not be aligned to four.
  return { ...picture, values: new Float32Array(Uint8Array.from(bytes).buffer) };
}

/** @throws InputError if the folder has no readable `run.json` */
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
    // Reported below.
  }
  throw new InputError(`${file} is not the record of a run`);
}
