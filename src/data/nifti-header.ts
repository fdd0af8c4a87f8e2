import { NIFTI1, NIFTI2 } from 'nifti-reader-js';
import { InputError } from '../contracts/input-error.ts';
import { counted } from '../wording/counted.ts';
import type { NumberKind } from './decode-numbers.ts';

/** The relevant fields of a NIfTI header, and its bytes, from which the headers of maps are made. */
export interface NiftiHeader {
  readonly version: 1 | 2;
  readonly littleEndian: boolean;
  /** The header as in the file: 348 bytes (NIfTI-1) or 540 (NIfTI-2), without extensions. */
  readonly bytes: Uint8Array;
  readonly shape: readonly [number, number, number];
  /** Number of volumes; 1 for a single image. */
  readonly volumes: number;
  readonly kind: NumberKind;
  /** Offset of the numbers, in bytes. */
  readonly dataOffset: number;
  /** A stored number x represents slope * x + intercept. */
  readonly slope: number;
  readonly intercept: number;
  /** Whether the header locates the image in space; otherwise the affine is built from voxel sizes alone. */
  readonly placed: boolean;
  /** Voxel indices to millimetres, 4 x 4. */
  readonly affine: readonly (readonly number[])[];
}

/** Data types by NIfTI code that hold one real number (nifti1.h, DT_*). */
const KINDS: Readonly<Record<number, NumberKind>> = {
  2: 'u1',
  4: 'i2',
  8: 'i4',
  16: 'f4',
  64: 'f8',
  256: 'i1',
  512: 'u2',
  768: 'u4',
  1024: 'i8',
  1280: 'u8',
};
const REFUSED: Readonly<Record<number, string>> = {
  1: 'binary (1 bit)',
  32: 'complex64',
  128: 'RGB24',
  1536: 'float128',
  1792: 'complex128',
  2048: 'complex256',
  2304: 'RGBA32',
};

/**
 * Parses the header at the start of a decompressed single-file NIfTI image of version 1 or 2, either byte order.
 * @throws InputError naming the field that is invalid or not supported
 */
export function parseNiftiHeader(data: Uint8Array, file: string): NiftiHeader {
  if (data.length < 348) {
    throw new InputError(
      `${file} is not a NIfTI image: it has ${counted(data.length, 'byte')}, the header alone has 348`,
    );
  }
  const { version, littleEndian } = identify(data, file);
  const length = version === 1 ? 348 : 540;
  if (data.length < length) {
    throw new InputError(`${file} is cut short: its header needs ${length} bytes, it has ${data.length}`);
  }
  // A copy with its own buffer: `slice` of Node's Buffer returns a view.
  const bytes = new Uint8Array(data.subarray(0, length));
  const header = version === 1 ? new NIFTI1() : new NIFTI2();
  header.littleEndian = littleEndian;
  header.readHeader(bytes.buffer);

  const { dims } = header;
  const rank = dims[0];
  const used = dims.slice(1, 1 + rank);
  if (!(rank >= 1 && rank <= 7) || used.some((size) => !(size >= 1))) {
    throw new InputError(`${file}: the header's dimensions are not possible: dim = ${dims.join(' ')}`);
  }
  // A series may extend along the fifth dimension, with a fourth of 1 (nifti1.h: the fifth is for several values per voxel).
  const beyond = used.slice(3).filter((size) => size > 1);
  if (beyond.length > 1) {
    throw new InputError(
      `${file} has ${rank} dimensions (${used.join(' x ')}); allowed: a series of volumes (4) or one volume (3)`,
    );
  }
  const kind = KINDS[header.datatypeCode];
  if (kind === undefined) {
    const name = REFUSED[header.datatypeCode] ?? `code ${header.datatypeCode}`;
    throw new InputError(`${file}: data type ${name} is not supported; integers and float32/float64 are`);
  }
  const dataOffset = Math.max(
    length + 4,
    Number.isFinite(header.vox_offset) ? Math.round(header.vox_offset) : 0,
  );
  checkExtensions(data, { at: length, dataOffset, littleEndian, file });
  const scaled = Number.isFinite(header.scl_slope) && header.scl_slope !== 0;
  return {
    version,
    littleEndian,
    bytes,
    shape: [used[0], used[1] ?? 1, used[2] ?? 1],
    volumes: beyond[0] ?? 1,
    kind,
    dataOffset,
    slope: scaled ? header.scl_slope : 1,
    intercept: scaled && Number.isFinite(header.scl_inter) ? header.scl_inter : 0,
    placed: header.qform_code > 0 || header.sform_code > 0,
    affine: affineOf(header),
  };
}

/** A size and a code of four bytes each. */
const SMALLEST_EXTENSION = 8;

/**
 * Checks that extensions lie between the header and the numbers, each after the one before it (nifti1.h). Their contents are
 * not read. What follows the last one is padding.
 * @throws InputError if the first is missing, or one has a size that is not possible
 */
function checkExtensions(
  data: Uint8Array,
  {
    at,
    dataOffset,
    littleEndian,
    file,
  }: {
    readonly at: number;
    readonly dataOffset: number;
    readonly littleEndian: boolean;
    readonly file: string;
  },
): void {
  if (data.length < at + 4 || data[at] === 0) return;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const first = at + 4;
  // Of a compressed file only the beginning may be there yet.
  const end = Math.min(dataOffset, data.length);
  for (let place = first; place + SMALLEST_EXTENSION <= end;) {
    const size = view.getInt32(place, littleEndian);
    if (size === 0 && place > first) return;
    if (size < SMALLEST_EXTENSION || place + size > dataOffset) {
      throw new InputError(
        `${file}: its header announces an extension of ${size} bytes at byte ${place}; allowed: ` +
          `${SMALLEST_EXTENSION} bytes to the ${Math.max(0, dataOffset - place)} before the voxels`,
      );
    }
    place += size;
  }
  if (first + SMALLEST_EXTENSION > dataOffset)
    throw new InputError(`${file}: its header announces an extension, and there is no room for one`);
}

/**
 * The library computes the first part of a quaternion as the root of 1 - b² - c² - d², which rounding can make slightly
 * negative for half turns. Such an affine is computed by its other function, which handles that case.
 */
function affineOf(header: NIFTI1 | NIFTI2): number[][] {
  const { affine, qform_code, sform_code } = header;
  const broken = qform_code > 0 && sform_code < qform_code && affine.flat().some(Number.isNaN);
  return broken ? header.getQformMat() : affine;
}

function identify(data: Uint8Array, file: string): { version: 1 | 2; littleEndian: boolean } {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  for (const littleEndian of [true, false]) {
    const size = view.getInt32(0, littleEndian);
    if (size !== 348 && size !== 540) continue;
    const version = size === 348 ? 1 : 2;
    const at = version === 1 ? 344 : 4;
    const magic = new TextDecoder('latin1').decode(data.subarray(at, at + 3));
    if (magic === `n+${version}`) return { version, littleEndian };
    if (magic === `ni${version}`) {
      throw new InputError(
        `${file} is the header of a two-file image (.hdr and .img); convert it to a single .nii or .nii.gz`,
      );
    }
    throw new InputError(
      `${file} is not a NIfTI image: its magic word is '${printable(magic)}' and not 'n+${version}'` +
        (version === 1 ? ' (ANALYZE 7.5 is not supported)' : ''),
    );
  }
  const found = printable(new TextDecoder('latin1').decode(data.subarray(0, 4)));
  throw new InputError(
    `${file} is not a NIfTI image: it starts with '${found}' and not with a header's size (348 or 540)`,
  );
}

const printable = (text: string): string => text.replace(/[^\x20-\x7e]/g, '.');
