import { InputError } from '../contracts/input-error.ts';
import type { NumberKind } from './decode-numbers.ts';

export interface NpyHeader {
  readonly kind: NumberKind;
  readonly littleEndian: boolean;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  /** Offset of the numbers, in bytes. */
  readonly dataOffset: number;
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const KINDS = new Set(['u1', 'u2', 'u4', 'u8', 'i1', 'i2', 'i4', 'i8', 'f4', 'f8', 'b1']);

/** Returns the length of a file's header in bytes, given its first 12 bytes. */
export function npyHeaderLength(start: Uint8Array, file: string): number {
  if (start.length < 12 || MAGIC.some((byte, i) => start[i] !== byte)) {
    throw new InputError(`${file} is not an NPY file: it does not start with \\x93NUMPY`);
  }
  const view = new DataView(start.buffer, start.byteOffset, start.byteLength);
  const version = start[6];
  if (version < 1 || version > 3) {
    throw new InputError(
      `${file}: NPY format version ${version}.${start[7]} is not supported; allowed: versions 1 to 3`,
    );
  }
  return version === 1 ? 10 + view.getUint16(8, true) : 12 + view.getUint32(8, true);
}

/**
 * Parses the header of an NPY file (NumPy Enhancement Proposal 1; versions 1 to 3).
 * @param bytes the first bytes of the file, at least `npyHeaderLength` of them
 * @throws InputError naming the header entry that is invalid or not supported
 */
export function parseNpyHeader(bytes: Uint8Array, file: string): NpyHeader {
  const dataOffset = npyHeaderLength(bytes, file);
  if (bytes.length < dataOffset) {
    throw new InputError(
      `${file} is cut short: its header needs ${dataOffset} bytes, it has ${bytes.length}`,
    );
  }
  const text = new TextDecoder().decode(bytes.subarray(bytes[6] === 1 ? 10 : 12, dataOffset));
  const entry = (key: string, value: string): RegExpExecArray => {
    const found = new RegExp(`['"]${key}['"]\\s*:\\s*${value}`).exec(text);
    if (!found) throw new InputError(`${file}: the NPY header has no readable '${key}': ${text.trim()}`);
    return found;
  };
  if (/['"]descr['"]\s*:\s*\[/.test(text)) {
    throw new InputError(
      `${file}: records ('descr' is a list) are not supported; give a plain n x n_b array`,
    );
  }
  const descr = entry('descr', `['"]([^'"]*)['"]`)[1];
  const order = /^[<>|=]/.test(descr) ? descr[0] : '=';
  const kind = descr.replace(/^[<>|=]/, '');
  if (!KINDS.has(kind)) {
    throw new InputError(
      `${file}: dtype '${descr}' is not supported; use '<f4' or '<f8' (x.astype('<f8')), or an integer type`,
    );
  }
  return {
    kind: kind as NumberKind,
    littleEndian: order !== '>',
    fortranOrder: entry('fortran_order', '(True|False)')[1] === 'True',
    shape: entry('shape', '\\(([^)]*)\\)')[1]
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .map((part) => shapeNumber(part, file)),
    dataOffset,
  };
}

function shapeNumber(part: string, file: string): number {
  const value = Number(part.replace(/L$/, ''));
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new InputError(`${file}: the NPY header's 'shape' holds ${part}, which is not a count`);
  }
  return value;
}

/**
 * Formats the header of an NPY file (version 1, C order), padded as NumPy does so that the numbers start at a multiple of 64
 * bytes.
 */
export function formatNpyHeader(kind: 'f4' | 'f8' | 'u1', shape: readonly number[]): Uint8Array {
  const descr = kind === 'u1' ? '|u1' : `<${kind}`;
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const entries = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${tuple}), }`;
  const length = Math.ceil((10 + entries.length + 1) / 64) * 64;
  const bytes = new Uint8Array(length).fill(0x20);
  bytes.set([...MAGIC, 1, 0, (length - 10) & 0xff, (length - 10) >>> 8]);
  bytes.set(new TextEncoder().encode(entries), 10);
  bytes[length - 1] = 0x0a;
  return bytes;
}
