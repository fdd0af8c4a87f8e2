import type { Estimates } from '../contracts/voxels.ts';
import { formatNpyHeader } from './npy-header.ts';

/** Estimates as NPY files: `estimates.npy`, n x 4 (S0, D, f, Dp; NaN where failed), and `status.npy`, n. */
export function estimatesToNpy(estimates: Estimates): Map<string, Uint8Array> {
  const { n, S0, D, f, Dp, status } = estimates;
  const table = new DataView(new ArrayBuffer(n * 32));
  for (let i = 0; i < n; i++) {
    table.setFloat64(32 * i, S0[i], true);
    table.setFloat64(32 * i + 8, D[i], true);
    table.setFloat64(32 * i + 16, f[i], true);
    table.setFloat64(32 * i + 24, Dp[i], true);
  }
  return new Map([
    ['estimates.npy', joined(formatNpyHeader('f8', [n, 4]), new Uint8Array(table.buffer))],
    ['status.npy', joined(formatNpyHeader('u1', [n]), status)],
  ]);
}

function joined(header: Uint8Array, content: Uint8Array): Uint8Array {
  const file = new Uint8Array(header.length + content.length);
  file.set(header);
  file.set(content, header.length);
  return file;
}
