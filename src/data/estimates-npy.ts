import type { Estimates, Parameters } from '../contracts/voxels.ts';
import { decodeNumbers } from './decode-numbers.ts';
import { parseNpyHeader } from './npy-header.ts';
import { encodeNpy } from './npy-write.ts';

/** Encodes estimates as NPY files: `estimates.npy`, n x 4 (S0, D, f, Dp; NaN where failed), and `status.npy`, n. */
export function estimatesToNpy(estimates: Estimates): Map<string, Uint8Array> {
  const { n, status } = estimates;
  return new Map([
    ['estimates.npy', encodeNpy(estimateTable(estimates), [n, 4])],
    ['status.npy', encodeNpy(status, [n])],
  ]);
}

/** Returns estimates as rows, n x 4: S0, D, f, Dp; NaN where failed. */
export function estimateTable({ n, S0, D, f, Dp }: Estimates): Float64Array {
  const table = new Float64Array(n * 4);
  for (let i = 0, at = 0; i < n; i++) {
    table[at++] = S0[i];
    table[at++] = D[i];
    table[at++] = f[i];
    table[at++] = Dp[i];
  }
  return table;
}

/** Reads D, f and Dp from an `estimates.npy`. */
export function estimatesFromNpy(bytes: Uint8Array): Parameters {
  const { dataOffset, kind, littleEndian } = parseNpyHeader(bytes, 'estimates.npy');
  // Copied, because decoding may swap bytes in place and these belong to the caller.
  const table = decodeNumbers(bytes.slice(dataOffset), kind, littleEndian);
  const n = table.length / 4;
  const column = (k: number) => Float64Array.from({ length: n }, (_, i) => table[4 * i + k]);
  return { n, D: column(1), f: column(2), Dp: column(3) };
}
