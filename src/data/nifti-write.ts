import { voxelSizes } from './voxel-sizes.ts';
import { hostIsLittleEndian, swapBytes } from './decode-numbers.ts';

/** The space of an image: the header that a map inherits from its source. */
export interface NiftiSpace {
  readonly version: 1 | 2;
  readonly littleEndian: boolean;
  readonly bytes: Uint8Array;
}

export interface NiftiMap {
  readonly data: Float32Array | Uint8Array;
  readonly shape: readonly number[];
  /** At most 15 characters. */
  readonly name: string;
  /** At most 79 characters. */
  readonly description: string;
  /** Values that viewers should draw in the first and in the last colour; absent: viewers choose. */
  readonly displayed?: readonly [number, number];
}

/** Offsets of the fields that a map changes (nifti1.h, nifti2.h). */
const FIELDS = {
  1: { size: 348, dim: 40, datatype: 70, bits: 72, pixdim: 76, offset: 108, slope: 112, range: 124 },
  2: { size: 540, dim: 16, datatype: 12, bits: 14, pixdim: 104, offset: 168, slope: 176, range: 192 },
} as const;
const TEXT = {
  1: { intentValues: 56, intentCode: 68, intentName: 328, description: 148, auxiliary: 228 },
  2: { intentValues: 80, intentCode: 504, intentName: 508, description: 240, auxiliary: 320 },
} as const;
const DT_UINT8 = 2;
const DT_FLOAT32 = 16;
const INTENT_ESTIMATE = 1001;
const INTENT_LABEL = 1002;

/**
 * Encodes `map` as a NIfTI file in the space of its source. The header is copied byte for byte (qform and sform with their
 * codes, voxel sizes, units, byte order, version), except for the fields that describe the numbers. Extensions are dropped,
 * since they describe the acquisition.
 */
export function encodeNifti(space: NiftiSpace, map: NiftiMap): Uint8Array {
  const { version, littleEndian } = space;
  const fields = FIELDS[version];
  const text = TEXT[version];
  const wide = version === 2;
  const file = new Uint8Array(fields.size + 4 + map.data.byteLength);
  file.set(space.bytes.subarray(0, fields.size));
  const view = new DataView(file.buffer);
  const real = (at: number, value: number) =>
    wide ? view.setFloat64(at, value, littleEndian) : view.setFloat32(at, value, littleEndian);
  const step = wide ? 8 : 4;

  const dims = [map.shape.length, ...map.shape, 1, 1, 1, 1, 1, 1].slice(0, 8);
  dims.forEach((size, i) => {
    if (wide) view.setBigInt64(fields.dim + 8 * i, BigInt(size), littleEndian);
    else view.setInt16(fields.dim + 2 * i, size, littleEndian);
  });
  for (let i = 4; i < 8; i++) real(fields.pixdim + step * i, 1);
  const isFloat = map.data instanceof Float32Array;
  view.setInt16(fields.datatype, isFloat ? DT_FLOAT32 : DT_UINT8, littleEndian);
  view.setInt16(fields.bits, isFloat ? 32 : 8, littleEndian);
  if (wide) view.setBigInt64(fields.offset, BigInt(fields.size + 4), littleEndian);
  else view.setFloat32(fields.offset, fields.size + 4, littleEndian);
  real(fields.slope, 1);
  real(fields.slope + step, 0);
  // cal_max comes before cal_min; both 0 leave the choice to the viewer.
  const [lowest, highest] = map.displayed ?? [0, 0];
  real(fields.range, highest);
  real(fields.range + step, lowest);

  for (let i = 0; i < 3; i++) real(text.intentValues + step * i, 0);
  const intent = isFloat ? INTENT_ESTIMATE : INTENT_LABEL;
  if (wide) view.setInt32(text.intentCode, intent, littleEndian);
  else view.setInt16(text.intentCode, intent, littleEndian);
  writeText(file, text.intentName, 16, map.name);
  writeText(file, text.description, 80, map.description);
  writeText(file, text.auxiliary, 24, '');

  const numbers = new Uint8Array(map.data.buffer, map.data.byteOffset, map.data.byteLength);
  file.set(numbers, fields.size + 4);
  if (isFloat && littleEndian !== hostIsLittleEndian) swapBytes(file.subarray(fields.size + 4), 4);
  return file;
}

const NIFTI_XFORM_SCANNER_ANAT = 1;

/**
 * Returns the space of a simulated scan: sform and qform agree, both in scanner coordinates.
 * @param affine three rows of four: voxel indices to mm; voxel axes are at right angles
 */
export function spaceOf(affine: readonly (readonly number[])[]): NiftiSpace {
  const space = plainSpace();
  const view = new DataView(space.bytes.buffer);
  const real = (at: number, value: number) => view.setFloat32(at, value, true);
  const sizes = voxelSizes(affine);
  // A quaternion can't represent a reflection; the sign of pixdim[0] indicates one of the third axis.
  const flipped = determinant(affine) < 0 ? -1 : 1;
  const rotation = affine.map((row) =>
    sizes.map((size, axis) => (row[axis] / size) * (axis === 2 ? flipped : 1)),
  );
  real(76, flipped);
  sizes.forEach((size, axis) => real(80 + 4 * axis, size));
  view.setInt16(252, NIFTI_XFORM_SCANNER_ANAT, true);
  view.setInt16(254, NIFTI_XFORM_SCANNER_ANAT, true);
  quaternion(rotation).forEach((value, i) => real(256 + 4 * i, value));
  affine.forEach((row, i) => real(268 + 4 * i, row[3]));
  affine.flat().forEach((value, i) => real(280 + 4 * i, value));
  return space;
}

const determinant = ([x, y, z]: readonly (readonly number[])[]): number =>
  x[0] * (y[1] * z[2] - y[2] * z[1]) +
  x[1] * (y[2] * z[0] - y[0] * z[2]) +
  x[2] * (y[0] * z[1] - y[1] * z[0]);

/**
 * Returns the parts b, c, d of the unit quaternion of a rotation, with a >= 0 (nifti1.h, method 2). Computed from the largest
 * of the four parts, which keeps precision near half turns.
 */
function quaternion(r: readonly (readonly number[])[]): number[] {
  const trace = r[0][0] + r[1][1] + r[2][2];
  const squares = [1 + trace, ...[0, 1, 2].map((i) => 1 + 2 * r[i][i] - trace)];
  const largest = squares.indexOf(Math.max(...squares));
  const part = 2 * Math.sqrt(squares[largest]);
  const twist = [r[2][1] - r[1][2], r[0][2] - r[2][0], r[1][0] - r[0][1]];
  if (largest === 0) return twist.map((value) => value / part);
  const i = largest - 1;
  const sign = twist[i] < 0 ? -1 : 1;
  return [0, 1, 2].map((j) => sign * (j === i ? part / 4 : (r[i][j] + r[j][i]) / part));
}

/** Returns a space for images that no scanner acquired: 1 mm voxels along the axes, with the origin at the first. */
export function plainSpace(): NiftiSpace {
  const bytes = new Uint8Array(348);
  const view = new DataView(bytes.buffer);
  view.setInt32(0, 348, true);
  for (let i = 0; i < 8; i++) view.setFloat32(76 + 4 * i, 1, true);
  bytes[123] = 2; // millimetres
  view.setInt16(254, 2, true); // sform: aligned
  for (let axis = 0; axis < 3; axis++) view.setFloat32(280 + 16 * axis + 4 * axis, 1, true);
  writeText(bytes, 344, 4, 'n+1');
  return { version: 1, littleEndian: true, bytes };
}

function writeText(file: Uint8Array, at: number, room: number, text: string): void {
  const field = file.subarray(at, at + room);
  field.fill(0);
  new TextEncoder().encodeInto(text, field.subarray(0, room - 1));
}
