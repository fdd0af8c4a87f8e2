import { InputError } from '../contracts/input-error.ts';
import { counted } from '../wording/counted.ts';
import { checkBvalCount, readBval } from './bval.ts';
import { openNpy } from './npy-read.ts';
import type { RowSource } from './row-source.ts';

/**
 * Opens the rows of an NPY table of n voxels x b-values, read in pieces.
 * @throws InputError if the file is not such a table, or its columns and the b-values don't match
 */
export async function openNpyRows(file: string, bvalFile: string | undefined): Promise<RowSource> {
  if (bvalFile === undefined) throw new InputError(`${file} needs its b-values: give --bval FILE`);
  const bValues = await readBval(bvalFile);
  const matrix = await openNpy(file);
  try {
    checkBvalCount(bValues, bvalFile, matrix.columns, `${file} has ${counted(matrix.columns, 'column')}`);
  } catch (error) {
    await matrix.close();
    throw error;
  }
  return {
    n: matrix.rows,
    bValues,
    normalised: false,
    notes: [],
    read: (first, count, into) => matrix.read(first, count, into),
    close: () => matrix.close(),
  };
}
