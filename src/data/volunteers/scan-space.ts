import { Mt19937 } from '../../random/mt19937.ts';
import type { Vector } from './settings.ts';

/** The position of a scan's voxels in the patient: the centre of voxel (i, j, k) is at `columns` . (i, j, k) + `origin`, mm. */
export interface ScanSpace {
  readonly shape: Vector;
  /** Per voxel axis, its step along x, y and z. */
  readonly columns: readonly [Vector, Vector, Vector];
  readonly origin: Vector;
}

/** Standard deviation of the position of the field of view, mm. */
const MISPLACED = 2;

/**
 * Draws a slightly oblique field of view around the centre of the body. Voxels run to the left, front and head, as in converted
 * images of most scanners, so the first index increases towards the patient's left.
 */
export function drawScanSpace(
  image: { readonly shape: Vector; readonly voxel: Vector; readonly tilt: number },
  seed: number,
): ScanSpace {
  const random = new Mt19937(seed);
  const angle = () => (image.tilt * Math.PI * random.gaussian()) / 180;
  const rotation = multiply(multiply(about(2, angle()), about(1, angle())), about(0, angle()));
  const middle = [0, 1, 2].map(() => MISPLACED * random.gaussian());
  const step = [-image.voxel[0], image.voxel[1], image.voxel[2]];
  const column = (axis: number): Vector => [
    rotation[0][axis] * step[axis],
    rotation[1][axis] * step[axis],
    rotation[2][axis] * step[axis],
  ];
  const columns = [column(0), column(1), column(2)] as const;
  const first = (row: number) =>
    middle[row] - columns.reduce((sum, each, axis) => sum + (each[row] * (image.shape[axis] - 1)) / 2, 0);
  return { shape: image.shape, columns, origin: [first(0), first(1), first(2)] };
}

/** Returns three rows of four: voxel indices to mm. */
export const affineOf = ({ columns, origin }: ScanSpace): number[][] =>
  origin.map((start, row) => [...columns.map((column) => column[row]), start]);

type Matrix = readonly (readonly number[])[];

function about(axis: number, angle: number): Matrix {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const [first, second] = [(axis + 1) % 3, (axis + 2) % 3];
  const matrix: number[][] = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ];
  matrix[first][first] = matrix[second][second] = c;
  matrix[second][first] = s;
  matrix[first][second] = -s;
  return matrix;
}

function multiply(a: Matrix, b: Matrix): Matrix {
  return a.map((row) => [0, 1, 2].map((j) => row.reduce((sum, value, k) => sum + value * b[k][j], 0)));
}
