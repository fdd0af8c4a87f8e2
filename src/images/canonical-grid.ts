import { AXIS_ORDERS } from '../data/reorder.ts';
import { gridOf, type Grid, type Triple } from './volume.ts';

/** Axes as converted images of most scanners have them: to the patient's left, front and head. */
const DIRECTIONS = [-1, 1, 1] as const;
/** Sizes that differ by less than this share are the same. */
const SAME = 0.01;

/** A grid, and how it comes from that of a scan. */
export interface CanonicalGrid {
  readonly grid: Grid;
  /** Whether axes have another order or direction. */
  readonly turned: boolean;
  /** Whether voxels have another size. */
  readonly resized: boolean;
}

/**
 * The grid of voxels of a size that covers a scan: its axes are those of the scan, however oblique, in the order and the directions in which they run
 * next to the patient's left, front and head. A scan that has all of that keeps its voxels.
 * @param voxel mm, along the axes to the left, front and head
 * @param multiples the number of voxels along each axis is a multiple of these; what is added lies around the scan
 */
export function canonicalGrid(scan: Grid, voxel: Triple, multiples: Triple): CanonicalGrid {
  const { affine } = scan;
  // The cosine of each axis of the scan with each axis of space.
  const cosine = (row: number, axis: number) => affine[row][axis] / scan.voxel[axis];
  const fit = (order: readonly number[]) =>
    order.reduce((sum, axis, row) => sum + Math.abs(cosine(row, axis)), 0);
  const order = AXIS_ORDERS.reduce((best, each) => (fit(each) > fit(best) + 1e-9 ? each : best));
  const signs = order.map((axis, row) => (cosine(row, axis) * DIRECTIONS[row] < 0 ? -1 : 1));
  const resized = order.some((axis, a) => Math.abs(scan.voxel[axis] / voxel[a] - 1) > SAME);
  const size = order.map((axis, a) => (resized ? voxel[a] : scan.voxel[axis]));
  const count = order.map((axis, a) => {
    const needed = Math.max(1, Math.ceil((scan.shape[axis] * scan.voxel[axis]) / size[a] - SAME));
    return Math.ceil(needed / multiples[a]) * multiples[a];
  });
  const steps = order.map((axis, a) =>
    [0, 1, 2].map((row) => (signs[a] * affine[row][axis] * size[a]) / scan.voxel[axis]),
  );
  // Whole voxels are added, half of them on either side, so that those of the scan stay where they are.
  const first = order.map((axis, a) => {
    const own = resized ? (scan.shape[axis] * scan.voxel[axis]) / size[a] : scan.shape[axis];
    const around = (count[a] - own) / 2;
    return resized ? around : Math.floor(around);
  });
  const rows = [0, 1, 2].map((row) => {
    // The corner of the scan where the new axes begin, then back by what is added, then to the middle of the first voxel.
    const corner = order.reduce((sum, axis, a) => {
      const from = signs[a] > 0 ? -0.5 : scan.shape[axis] - 0.5;
      return sum + affine[row][axis] * from;
    }, affine[row][3]);
    const start = steps.reduce((sum, step, a) => sum + step[row] * (0.5 - first[a]), corner);
    return [...steps.map((step) => step[row]), start];
  });
  return {
    grid: gridOf([count[0], count[1], count[2]], rows),
    turned: order.some((axis, a) => axis !== a) || signs.some((sign) => sign < 0),
    resized,
  };
}
