import { InputError } from '../contracts/input-error.ts';
import { counted } from '../wording/counted.ts';
import { checkBvalCount, readBval } from './bval.ts';
import { divisionNotes, divisionOf, ROWS_JUDGED, type Division } from './division.ts';
import { openNpy, type NpyMatrix } from './npy-read.ts';
import type { RowSource } from './row-source.ts';

/**
 * Opens the rows of an NPY table of n voxels x b-values, read in pieces.
 * @throws InputError if the file is not such a table, or its columns and the b-values don't match
 */
export async function openNpyRows(file: string, bvalFile: string | undefined): Promise<RowSource> {
  if (bvalFile === undefined) throw new InputError(`${file} needs its b-values: give --bval FILE`);
  const bValues = await readBval(bvalFile);
  const matrix = await openNpy(file);
  let dividedBy: Division;
  try {
    checkBvalCount(bValues, bvalFile, matrix.columns, `${file} has ${counted(matrix.columns, 'column')}`);
    dividedBy = divisionOf(await firstRows(matrix), bValues);
  } catch (error) {
    await matrix.close();
    throw error;
  }
  return {
    n: matrix.rows,
    bValues,
    normalised: dividedBy === 'b=0',
    notes: divisionNotes(dividedBy, bValues),
    read: (first, count, into) => matrix.read(first, count, into),
    close: () => matrix.close(),
  };
}

async function firstRows(matrix: NpyMatrix): Promise<Float64Array> {
  const count = Math.min(matrix.rows, ROWS_JUDGED);
  const values = new Float64Array(count * matrix.columns);
  await matrix.read(0, count, values);
  return values;
}
