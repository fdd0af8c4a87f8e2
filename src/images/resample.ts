import type { Affine, Grid, Volume } from './volume.ts';
import { voxelCount } from './volume.ts';

/**
 * A volume on another grid, by trilinear interpolation. A place more than half a voxel outside the volume becomes 0, as background is; one
 * nearer has the value of the edge.
 */
export function resample(volume: Volume, grid: Grid): Volume {
  if (sameGrid(volume, grid)) return volume;
  const values = new Float32Array(voxelCount(grid));
  // Indices of the grid to indices of the volume.
  const through = compose(invert(volume.affine), grid.affine);
  const [nx, ny, nz] = grid.shape;
  let at = 0;
  for (let k = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      for (let i = 0; i < nx; i++, at++) {
        const [x, y, z] = [0, 1, 2].map(
          (row) => through[row][0] * i + through[row][1] * j + through[row][2] * k + through[row][3],
        );
        values[at] = interpolate(volume, x, y, z);
      }
    }
  }
  return { ...grid, values };
}

/** The same number of voxels, in the same places to a thousandth of a voxel. */
function sameGrid(a: Grid, b: Grid): boolean {
  if (a.shape.some((size, axis) => size !== b.shape[axis])) return false;
  const tolerance = 1e-3 * Math.min(...b.voxel);
  return a.affine.every((row, r) =>
    row.every((value, c) => {
      const reach = c < 3 ? a.shape[c] : 1;
      return Math.abs(value - b.affine[r][c]) * reach <= tolerance;
    }),
  );
}

function interpolate({ shape, values }: Volume, x: number, y: number, z: number): number {
  const [nx, ny, nz] = shape;
  if (x < -0.5 || y < -0.5 || z < -0.5 || x > nx - 0.5 || y > ny - 0.5 || z > nz - 0.5) return 0;
  const clamp = (value: number, size: number) => Math.min(Math.max(value, 0), size - 1);
  const [cx, cy, cz] = [clamp(x, nx), clamp(y, ny), clamp(z, nz)];
  const [i, j, k] = [cx, cy, cz].map(Math.floor);
  const [u, v, w] = [cx - i, cy - j, cz - k];
  const [i1, j1, k1] = [Math.min(i + 1, nx - 1), Math.min(j + 1, ny - 1), Math.min(k + 1, nz - 1)];
  const value = (a: number, b: number, c: number) => values[a + nx * (b + ny * c)];
  const along = (b: number, c: number) => (1 - u) * value(i, b, c) + u * value(i1, b, c);
  const inPlane = (c: number) => (1 - v) * along(j, c) + v * along(j1, c);
  return (1 - w) * inPlane(k) + w * inPlane(k1);
}

/** The inverse of an affine, by the adjugate of its 3 x 3 part. */
export function invert(affine: Affine): number[][] {
  const [[a, b, c], [d, e, f], [g, h, i]] = affine;
  const minors = [
    [e * i - f * h, c * h - b * i, b * f - c * e],
    [f * g - d * i, a * i - c * g, c * d - a * f],
    [d * h - e * g, b * g - a * h, a * e - b * d],
  ];
  const determinant = a * minors[0][0] + b * minors[1][0] + c * minors[2][0];
  return minors.map((row) => {
    const scaled = row.map((minor) => minor / determinant);
    const moved = -(scaled[0] * affine[0][3] + scaled[1] * affine[1][3] + scaled[2] * affine[2][3]);
    return [...scaled, moved];
  });
}

const compose = (outer: Affine, inner: Affine): number[][] =>
  outer.map((row) =>
    [0, 1, 2, 3].map(
      (column) =>
        row[0] * inner[0][column] +
        row[1] * inner[1][column] +
        row[2] * inner[2][column] +
        (column === 3 ? row[3] : 0),
    ),
  );
