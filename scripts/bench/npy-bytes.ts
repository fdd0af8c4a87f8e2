import type { Signals } from '../../src/contracts/voxels.ts';
import { encodeNpy } from '../../src/data/npy-write.ts';

/** n x (n_b - 1) float64 without the b=0 column, as NumPy's `load` reads it. */
export function npyBytes({ n, bValues, values }: Signals): Uint8Array {
  const width = bValues.length;
  const matrix = new Float64Array(n * (width - 1));
  for (let i = 0; i < n; i++) {
    for (let k = 1; k < width; k++) matrix[i * (width - 1) + k - 1] = values[i * width + k]!;
  }
  return encodeNpy(matrix, [n, width - 1]);
}
