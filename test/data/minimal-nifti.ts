/** A NIfTI writer of its own for tests: it shares nothing with the code it checks. */
export interface MinimalNifti {
  readonly version?: 1 | 2;
  readonly littleEndian?: boolean;
  /** NIfTI code of the data type. */
  readonly datatype: number;
  readonly shape: readonly number[];
  readonly values: readonly number[];
  readonly slope?: number;
  readonly intercept?: number;
  readonly quaternion?: readonly [number, number, number];
  readonly offsets?: readonly [number, number, number];
  readonly qformCode?: number;
  readonly sform?: readonly number[];
  readonly sformCode?: number;
  /** pixdim[0] to pixdim[3]: qfac and voxel sizes. */
  readonly pixdim?: readonly number[];
  readonly units?: number;
  /** Bytes between header and data, beyond the four flags. */
  readonly gap?: number;
  readonly magic?: string;
}

type Put = (view: DataView, at: number, value: number, little: boolean) => void;

/** NIfTI code -> bytes and how to store one number. */
export const STORED: Readonly<Record<number, readonly [name: string, bytes: number, put: Put]>> = {
  2: ['uint8', 1, (v, at, x) => v.setUint8(at, x)],
  256: ['int8', 1, (v, at, x) => v.setInt8(at, x)],
  4: ['int16', 2, (v, at, x, le) => v.setInt16(at, x, le)],
  512: ['uint16', 2, (v, at, x, le) => v.setUint16(at, x, le)],
  8: ['int32', 4, (v, at, x, le) => v.setInt32(at, x, le)],
  768: ['uint32', 4, (v, at, x, le) => v.setUint32(at, x, le)],
  1024: ['int64', 8, (v, at, x, le) => v.setBigInt64(at, BigInt(x), le)],
  1280: ['uint64', 8, (v, at, x, le) => v.setBigUint64(at, BigInt(x), le)],
  16: ['float32', 4, (v, at, x, le) => v.setFloat32(at, x, le)],
  64: ['float64', 8, (v, at, x, le) => v.setFloat64(at, x, le)],
};

export function minimalNifti(image: MinimalNifti): Uint8Array {
  const { version = 1, littleEndian: le = true, datatype, shape, values, gap = 0 } = image;
  const [, size, put] = STORED[datatype] ?? ['other', 3, () => {}];
  const start = (version === 1 ? 352 : 544) + gap;
  const file = new Uint8Array(start + values.length * size);
  const v = new DataView(file.buffer);
  const pixdim = [...(image.pixdim ?? [1, 1, 1, 1]), 0, 0, 0, 0];
  const dim = [shape.length, ...shape, 1, 1, 1, 1, 1, 1].slice(0, 8);
  const [qb, qc, qd] = image.quaternion ?? [0, 0, 0];
  const [qx, qy, qz] = image.offsets ?? [0, 0, 0];
  const sform = image.sform ?? new Array<number>(12).fill(0);
  const { slope = 0, intercept = 0, qformCode = 0, sformCode = 0, units = 0 } = image;
  if (version === 1) {
    v.setInt32(0, 348, le);
    dim.forEach((d, i) => v.setInt16(40 + 2 * i, d, le));
    v.setInt16(70, datatype, le);
    v.setInt16(72, size * 8, le);
    pixdim.forEach((p, i) => v.setFloat32(76 + 4 * i, p, le));
    [start, slope, intercept].forEach((x, i) => v.setFloat32(108 + 4 * i, x, le));
    v.setUint8(123, units);
    v.setInt16(252, qformCode, le);
    v.setInt16(254, sformCode, le);
    [qb, qc, qd, qx, qy, qz, ...sform].forEach((x, i) => v.setFloat32(256 + 4 * i, x, le));
    text(file, 344, image.magic ?? 'n+1\0');
  } else {
    v.setInt32(0, 540, le);
    text(file, 4, image.magic ?? 'n+2\0\r\n\x1a\n');
    v.setInt16(12, datatype, le);
    v.setInt16(14, size * 8, le);
    dim.forEach((d, i) => v.setBigInt64(16 + 8 * i, BigInt(d), le));
    pixdim.forEach((p, i) => v.setFloat64(104 + 8 * i, p, le));
    v.setBigInt64(168, BigInt(start), le);
    v.setFloat64(176, slope, le);
    v.setFloat64(184, intercept, le);
    v.setInt32(344, qformCode, le);
    v.setInt32(348, sformCode, le);
    [qb, qc, qd, qx, qy, qz, ...sform].forEach((x, i) => v.setFloat64(352 + 8 * i, x, le));
    v.setInt32(500, units, le);
  }
  values.forEach((x, i) => put(v, start + i * size, x, le));
  return file;
}

function text(file: Uint8Array, at: number, word: string): void {
  for (let i = 0; i < word.length; i++) file[at + i] = word.charCodeAt(i);
}
