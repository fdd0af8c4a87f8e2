import type { SummingKernel } from '../../contracts/metric.ts';

/** Number of columns in a table of sums. */
export const COLUMNS = 4;

/** Returns the weighted sum of each column over the rows; the next call overwrites the array. */
export type ColumnSums = (weights: Uint8Array | null) => Float64Array;

/**
 * Prepares weighted sums of the columns of a table. Resamples are summed by the kernel if there is one; unweighted sums never
 * are, so that a value does not depend on the machine.
 * @param table rows of `COLUMNS` numbers
 */
export function columnSums(table: Float64Array, kernel?: SummingKernel): ColumnSums {
  const sums = new Float64Array(COLUMNS);
  const ones = new Uint8Array(table.length / COLUMNS).fill(1);
  return (weights) =>
    weights && kernel ? kernel.sum(weights, table, sums) : sumInTurn(weights ?? ones, table, sums);
}

function sumInTurn(weights: Uint8Array, table: Float64Array, out: Float64Array): Float64Array {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let i = 0, k = 0; i < weights.length; i++, k += COLUMNS) {
    const w = weights[i];
    a += w * table[k];
    b += w * table[k + 1];
    c += w * table[k + 2];
    d += w * table[k + 3];
  }
  out.set([a, b, c, d]);
  return out;
}
