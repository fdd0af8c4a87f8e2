import { invert } from './resample.ts';
import { placeOf, voxelCount, type Grid } from './volume.ts';

/**
 * Labels on another grid: each voxel has that of the voxel of the other grid it lies in, and 0 outside of all.
 * @param labels on the grid `from`, x fastest
 */
export function nearestLabels(labels: Uint8Array, from: Grid, to: Grid): Uint8Array {
  const out = new Uint8Array(voxelCount(to));
  const inverse = invert(from.affine);
  const [nx, ny, nz] = from.shape;
  const [mx, my, mz] = to.shape;
  let at = 0;
  for (let k = 0; k < mz; k++) {
    for (let j = 0; j < my; j++) {
      for (let i = 0; i < mx; i++, at++) {
        const place = placeOf(to, [i, j, k]);
        const [x, y, z] = inverse.map((row) =>
          // A little is added, so that places half-way between two voxels do not depend on rounding.
          Math.round(row[0] * place[0] + row[1] * place[1] + row[2] * place[2] + row[3] + 1e-6),
        );
        if (x < 0 || y < 0 || z < 0 || x >= nx || y >= ny || z >= nz) continue;
        out[at] = labels[x + nx * (y + ny * z)];
      }
    }
  }
  return out;
}
