import type { NiftiHeader } from './nifti-header.ts';
import type { NiftiImage } from './nifti-read.ts';
import { gridDifference } from './cohort/grid.ts';

type Grid = Pick<NiftiHeader, 'shape' | 'affine'>;

/** The orders in which three axes can come. */
export const AXIS_ORDERS: readonly (readonly [number, number, number])[] = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
];

/** How the axes of one grid run in another: its axis `a` is axis `order[a]`, reversed if bit `a` of `flips` is set. */
export interface Turn {
  readonly order: readonly number[];
  readonly flips: number;
}

/**
 * Returns the stored numbers of a single volume in the order of another grid's voxels, if the grids differ only in the order
 * and direction of axes; otherwise undefined.
 */
export function reorderedAs(image: NiftiImage, wanted: Grid, tolerance: number): Float64Array | undefined {
  const turn = turnTo(image.header, wanted, tolerance);
  return turn && reordered(image, turn);
}

/** Returns the stored numbers of a single volume in the order of a grid whose axes run otherwise. */
export function reordered({ header, data }: NiftiImage, { order, flips }: Turn): Float64Array {
  return gather(data, header.shape, order, flips);
}

/** Returns how the axes of a grid must be turned to run as those of another; undefined if that does not make them agree. */
export function turnTo(from: Grid, wanted: Grid, tolerance: number): Turn | undefined {
  for (const order of AXIS_ORDERS) {
    for (let flips = 0; flips < 8; flips++) {
      const grid = turned(from, order, flips);
      if (gridDifference(grid, wanted, tolerance) === undefined) return { order, flips };
    }
  }
  return undefined;
}

/** Returns the grid whose axis `a` is axis `order[a]` of another, reversed if bit `a` of `flips` is set. */
function turned({ shape, affine }: Grid, order: readonly number[], flips: number): Grid {
  const size = order.map((axis) => shape[axis]);
  const rows = affine.map((row) => {
    const steps = order.map((axis, a) => ((flips >> a) & 1 ? -row[axis] : row[axis]));
    const origin = order.reduce(
      (sum, axis, a) => sum + ((flips >> a) & 1 ? row[axis] * (shape[axis] - 1) : 0),
      row[3],
    );
    return [...steps, origin];
  });
  return { shape: [size[0], size[1], size[2]], affine: rows };
}

function gather(
  data: ArrayLike<number>,
  shape: readonly number[],
  order: readonly number[],
  flips: number,
): Float64Array {
  const strides = [1, shape[0], shape[0] * shape[1]];
  const [nx, ny, nz] = order.map((axis) => shape[axis]);
  const along = (a: number, i: number) => {
    const axis = order[a];
    return strides[axis] * ((flips >> a) & 1 ? shape[axis] - 1 - i : i);
  };
  const out = new Float64Array(nx * ny * nz);
  let at = 0;
  for (let z = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      for (let x = 0; x < nx; x++) out[at++] = data[along(0, x) + along(1, y) + along(2, z)];
    }
  }
  return out;
}
