import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../contracts/input-error.ts';
import type { Row } from '../contracts/metric.ts';
import type { Picture } from '../contracts/picture.ts';
import { compareNames, comparePictures, compareRows } from '../contracts/row-order.ts';
import type { StoredRun } from '../contracts/stored-run.ts';
import { mapBounded } from '../files/bounded.ts';
import { readInput } from '../files/read-input.ts';
import { CellStore } from './cell-store.ts';
import { decodeRunRecord, RUN_FILE, type CellRecord, type RunRecord } from './run-record.ts';
import { digestOfResults, type CellDigest } from './results-digest.ts';
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
  return (await readRunAndDigest(dir)).run;
}

/** Reads a run, and computes the digest of the results it is read from. @throws InputError if the folder holds no run */
export async function readRunAndDigest(
  dir: string,
): Promise<{ readonly run: StoredRun; readonly results: string }> {
  const manifest = await readRunRecord(dir);
  const store = new CellStore(join(dir, CELLS_FOLDER));
  const records = manifest.cellList.filter(({ state }) => state !== 'failed');
  const share = sharedTexts();
  const read = await mapBounded(records, async (record) => {
    const cell = await readCell(store, record);
    return cell && { ...cell, rows: share(cell.rows) };
  });
  const cells = read.filter((cell) => cell !== null);
  const lost = records.filter(({ state }, i) => state === 'done' && read[i] === null).map(({ id }) => id);
  const pictures = cells.flatMap((cell) => cell.pictures);
  const run = {
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
  return { run, results: digestOfResults(cells) };
}

/** Returns null if the result is missing, or it or one of its files is damaged. @throws the system's error if it can't be read */
async function readCell(
  store: CellStore,
  { key, untimed = false }: CellRecord,
): Promise<(Pick<StoredCell, 'id' | 'rows' | 'notes'> & CellDigest & { pictures: Picture[] }) | null> {
  const found = await store.verify(key);
  if (found.state !== 'stored') return null;
  const { cell, digest } = found;
  const { id, notes, pictures = [] } = cell;
  // Times of another machine are not times of this run.
  const rows = untimed ? cell.rows.filter((row) => !isTiming(row)) : cell.rows;
  const read: Picture[] = [];
  for (const picture of pictures) read.push(await readPicture(store, key, picture));
  return { id, key, digest, notes, rows, pictures: read };
}

/**
 * Returns what replaces equal texts of rows by one, and the factors of rows that follow each other likewise: of the rows of
 * thousands of cells they are the larger part.
 */
function sharedTexts(): (rows: readonly Row[]) => Row[] {
  const known = new Map<string, string>();
  const one = (text: string): string => {
    const found = known.get(text);
    if (found === undefined) known.set(text, text);
    return found ?? text;
  };
  return (rows) => {
    let last: { readonly text: string; readonly factors: Row['factors'] } | undefined;
    return rows.map((row) => {
      const text = JSON.stringify(row.factors);
      if (last?.text !== text) last = { text, factors: row.factors };
      return {
        ...row,
        ...{ experiment: one(row.experiment), method: one(row.method), factors: last.factors },
        ...{ parameter: one(row.parameter), metric: one(row.metric), unit: one(row.unit) },
      };
    });
  };
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

/** That of 100,000 cells is some 40 MB. */
const LARGEST_RECORD = 256 * 2 ** 20;

/**
 * Reads `run.json`.
 * @throws InputError if the folder has none, or it is not the record of a run
 */
export async function readRunRecord(dir: string): Promise<RunRecord> {
  const file = join(dir, RUN_FILE);
  if (!existsSync(dir)) throw new InputError(`${dir} holds no run: there is no such folder`);
  if (!existsSync(file)) throw new InputError(`${dir} holds no run: there is no ${RUN_FILE} in it`);
  return decodeRunRecord((await readInput(file, LARGEST_RECORD)).toString('utf8'), file);
}
