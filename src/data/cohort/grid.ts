import { voxelSizes } from '../voxel-sizes.ts';
import type { NiftiHeader } from '../nifti-header.ts';

type Affine = readonly (readonly number[])[];

/** Returns why a header's affine can't locate voxels in space; undefined if it can. */
export function affineFault(affine: Affine): string | undefined {
  const columns = [0, 1, 2].map((axis) => [0, 1, 2].map((row) => affine[row][axis]));
  if (!affine.slice(0, 3).flat().every(Number.isFinite))
    return 'its affine holds a number that is not finite';
  const [a, b, c] = columns;
  const volume =
    a[0] * (b[1] * c[2] - b[2] * c[1]) +
    a[1] * (b[2] * c[0] - b[0] * c[2]) +
    a[2] * (b[0] * c[1] - b[1] * c[0]);
  const box = columns.reduce((product, column) => product * Math.hypot(...column), 1);
  // Axes count as coplanar if they span less than a ten-thousandth of the volume they would span at right angles.
  return Math.abs(volume) > 1e-4 * box ? undefined : 'its affine is not invertible (its axes lie in a plane)';
}

/** Describes how the grid of one image differs from another; undefined if they agree within `tolerance` voxels. */
export function gridDifference(
  grid: Pick<NiftiHeader, 'shape' | 'affine'>,
  wanted: Pick<NiftiHeader, 'shape' | 'affine'>,
  tolerance: number,
): string | undefined {
  const { shape } = wanted;
  if (grid.shape.some((size, axis) => size !== shape[axis])) {
    return `${grid.shape.join(' x ')} voxels, not ${shape.join(' x ')}`;
  }
  let furthest = 0;
  for (let corner = 0; corner < 8; corner++) {
    const index = [0, 1, 2].map((axis) => ((corner >> axis) & 1) * (shape[axis] - 1));
    const apart = [0, 1, 2].map((row) => at(grid.affine[row], index) - at(wanted.affine[row], index));
    furthest = Math.max(furthest, Math.hypot(...apart));
  }
  const smallest = Math.min(...voxelSizes(wanted.affine));
  if (furthest <= tolerance * smallest) return undefined;
  const mm = Number(furthest.toPrecision(3));
  return `up to ${mm} mm apart in space (voxels of ${Number(smallest.toPrecision(3))} mm)`;
}

const at = (row: readonly number[], index: readonly number[]): number =>
  row[3] + row[0] * index[0] + row[1] * index[1] + row[2] * index[2];
