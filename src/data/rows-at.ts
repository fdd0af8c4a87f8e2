import type { Signals } from '../contracts/voxels.ts';

/** The voxels of some rows, in their order; a row that is named twice is there twice. */
export function rowsAt(signals: Signals, rows: ArrayLike<number>): Signals {
  const { bValues, values, scale, sigma } = signals;
  const width = bValues.length;
  const n = rows.length;
  const chosen = new Float64Array(n * width);
  for (let i = 0; i < n; i++) chosen.set(values.subarray(rows[i] * width, (rows[i] + 1) * width), i * width);
  const picked = (of: Float64Array) => Float64Array.from(rows, (row) => of[row]);
  return { bValues, n, values: chosen, scale: picked(scale), ...(sigma ? { sigma: picked(sigma) } : {}) };
}
