import { voxelSizes } from '../data/voxel-sizes.ts';

export type Triple = readonly [number, number, number];

/** Voxel indices to millimetres in space: three rows of four, as the first rows of a NIfTI affine. */
export type Affine = readonly (readonly number[])[];

/** Where the voxels of a volume lie. */
export interface Grid {
  /** Voxels along x, y and z. */
  readonly shape: Triple;
  /** Distance of neighbouring voxels along each axis of the grid, mm. */
  readonly voxel: Triple;
  readonly affine: Affine;
}

/** One three-dimensional image. */
export interface Volume extends Grid {
  /** The value of voxel (i, j, k) at i + nx (j + ny k). */
  readonly values: Float32Array;
}

/** A grid by its affine, from which the voxel size follows. */
export function gridOf(shape: Triple, affine: Affine): Grid {
  return { shape, voxel: voxelSizes(affine), affine };
}

export const voxelCount = ({ shape }: Pick<Grid, 'shape'>): number => shape[0] * shape[1] * shape[2];

/** Where a voxel's middle lies, mm; fractions of indices are allowed. */
export function placeOf({ affine }: Pick<Grid, 'affine'>, index: Triple): [number, number, number] {
  const at = (row: readonly number[]) => row[0] * index[0] + row[1] * index[1] + row[2] * index[2] + row[3];
  return [at(affine[0]), at(affine[1]), at(affine[2])];
}
