import { Mt19937 } from '../../random/mt19937.ts';
import { plainSpace, type NiftiSpace } from '../nifti-write.ts';
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

/** Returns the space as a NIfTI header: sform and qform agree, both in scanner coordinates. */
export function niftiSpace({ columns, origin }: ScanSpace): NiftiSpace {
  const space = plainSpace();
  const view = new DataView(space.bytes.buffer);
  const real = (at: number, value: number) => view.setFloat32(at, value, true);
  const sizes = columns.map((column) => Math.hypot(...column));
  // A quaternion can't represent a reflection; the sign of pixdim[0] indicates one of the third axis.
  const flipped = determinant(columns) < 0 ? -1 : 1;
  const rotation = [0, 1, 2].map((row) =>
    columns.map((column, axis) => (column[row] / sizes[axis]) * (axis === 2 ? flipped : 1)),
  );
  real(76, flipped);
  sizes.forEach((size, axis) => real(80 + 4 * axis, size));
  const SCANNER = 1;
  view.setInt16(252, SCANNER, true);
  view.setInt16(254, SCANNER, true);
  quaternion(rotation).forEach((value, i) => real(256 + 4 * i, value));
  origin.forEach((value, i) => real(268 + 4 * i, value));
  for (let row = 0; row < 3; row++) {
    columns.forEach((column, axis) => real(280 + 16 * row + 4 * axis, column[row]));
    real(280 + 16 * row + 12, origin[row]);
  }
  return space;
}

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

function determinant([a, b, c]: readonly [Vector, Vector, Vector]): number {
  return (
    a[0] * (b[1] * c[2] - b[2] * c[1]) +
    a[1] * (b[2] * c[0] - b[0] * c[2]) +
    a[2] * (b[0] * c[1] - b[1] * c[0])
  );
}

/**
 * Returns the parts b, c, d of the unit quaternion of a rotation, with a >= 0 (nifti1.h, method 2). Computed from the largest
 * of the four parts, which keeps precision near half turns.
 */
function quaternion(r: Matrix): Vector {
  const trace = r[0][0] + r[1][1] + r[2][2];
  const squares = [1 + trace, ...[0, 1, 2].map((i) => 1 + 2 * r[i][i] - trace)];
  const largest = squares.indexOf(Math.max(...squares));
  const part = 2 * Math.sqrt(squares[largest]);
  const twist = [r[2][1] - r[1][2], r[0][2] - r[2][0], r[1][0] - r[0][1]];
  if (largest === 0) return vector((i) => twist[i] / part);
  const i = largest - 1;
  const sign = twist[i] < 0 ? -1 : 1;
  return vector((j) => sign * (j === i ? part / 4 : (r[i][j] + r[j][i]) / part));
}

const vector = (of: (axis: number) => number): Vector => [of(0), of(1), of(2)];
