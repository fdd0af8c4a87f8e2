import type { NiftiRows } from '../data/nifti-rows.ts';
import { gridOf } from '../images/volume.ts';
import type { MarkableScan } from './mark-scan.ts';

/** Rows read at once. */
const ROWS = 4096;

/**
 * An open scan as one whose regions can be marked. Without a place in space its axes are taken to run as in the training.
 * @param name of the scan in errors
 */
export function niftiScan(rows: NiftiRows, name: string): MarkableScan {
  const { header } = rows.image;
  const affine = header.affine
    .slice(0, 3)
    .map((row, r) => (!header.placed && r === 0 ? row.map((value) => -value) : row));
  return {
    ...{ name, grid: gridOf(header.shape, affine), bValues: rows.bValues },
    volumes: (which) => volumesOf(rows, which),
  };
}

/** Reads the scan once for all of them. */
async function volumesOf(rows: NiftiRows, which: readonly number[]): Promise<Float32Array[]> {
  const { n, bValues } = rows;
  const columns = bValues.length;
  const volumes = which.map(() => new Float32Array(n));
  const read = new Float64Array(ROWS * columns);
  for (let first = 0; first < n; first += ROWS) {
    const count = Math.min(ROWS, n - first);
    await rows.read(first, count, read);
    for (const [v, column] of which.entries()) {
      for (let i = 0; i < count; i++) volumes[v][first + i] = read[i * columns + column];
    }
  }
  return volumes;
}
