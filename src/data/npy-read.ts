import type { FileHandle } from 'node:fs/promises';
import { InputError } from '../contracts/input-error.ts';
import { counted } from '../wording/counted.ts';
import { decodeNumbers, numberSize } from './decode-numbers.ts';
import { npyHeaderLength, parseNpyHeader, type NpyHeader } from './npy-header.ts';
import { openInput } from '../files/read-input.ts';

/** A two-dimensional NPY file, read in pieces. */
export interface NpyMatrix {
  readonly file: string;
  readonly rows: number;
  readonly columns: number;
  /** Reads `count` rows starting at `first` into `into`, row-major. */
  read(first: number, count: number, into: Float64Array): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a two-dimensional array of any real number type, either byte order, C or Fortran order.
 * @param requireShape throws if the shape is unsuitable; by default it requires a table of signals
 * @throws InputError if the file is not such an array or is truncated
 */
export async function openNpy(file: string, requireShape = requireTable): Promise<NpyMatrix> {
  const handle = (await openInput(file)).handle;
  try {
    const header = await readHeader(handle, file);
    requireShape(header.shape, file);
    const [rows, columns] = header.shape as [number, number];
    const expected = header.dataOffset + rows * columns * numberSize(header.kind);
    const { size } = await handle.stat();
    if (size < expected) {
      throw new InputError(
        `${file} is cut short: ${rows} x ${columns} '${header.kind}' need ${counted(expected, 'byte')}, it has ${size}`,
      );
    }
    const read = header.fortranOrder ? readColumns : readRows;
    return {
      file,
      rows,
      columns,
      read: (first, count, into) => read(handle, header, rows, columns, first, count, into),
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function readHeader(handle: FileHandle, file: string): Promise<NpyHeader> {
  const { size } = await handle.stat();
  if (size === 0) throw new InputError(`${file} is empty`);
  const start = await readBytes(handle, 0, Math.min(12, size));
  const length = npyHeaderLength(start, file);
  return parseNpyHeader(await readBytes(handle, 0, Math.min(length, size)), file);
}

function requireTable(shape: readonly number[], file: string): void {
  if (shape.length !== 2) {
    const hint =
      shape.length === 1 ? 'x.reshape(1, -1) makes one row of it' : 'x.reshape(-1, x.shape[-1]) flattens it';
    throw new InputError(
      `${file} has ${shape.length} dimensions (${shape.join(' x ')}); ` +
        `allowed: a table of n voxels x b-values; ${hint}`,
    );
  }
  const [rows, columns] = shape;
  if (rows === 0 || columns === 0) throw new InputError(`${file} holds no numbers (${rows} x ${columns})`);
}

async function readRows(
  handle: FileHandle,
  header: NpyHeader,
  _rows: number,
  columns: number,
  first: number,
  count: number,
  into: Float64Array,
): Promise<void> {
  const rowBytes = columns * numberSize(header.kind);
  const bytes = await readBytes(handle, header.dataOffset + first * rowBytes, count * rowBytes);
  into.set(decodeNumbers(bytes, header.kind, header.littleEndian));
}

/** Fortran order stores columns contiguously, so a piece of the table is one stretch per column. */
async function readColumns(
  handle: FileHandle,
  header: NpyHeader,
  rows: number,
  columns: number,
  first: number,
  count: number,
  into: Float64Array,
): Promise<void> {
  const size = numberSize(header.kind);
  for (let c = 0; c < columns; c++) {
    const bytes = await readBytes(handle, header.dataOffset + (c * rows + first) * size, count * size);
    const column = decodeNumbers(bytes, header.kind, header.littleEndian);
    for (let i = 0; i < count; i++) into[i * columns + c] = column[i]!;
  }
}

async function readBytes(handle: FileHandle, position: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, position + filled);
    if (bytesRead === 0)
      throw new InputError(`the file ended at byte ${position + filled} while it was read`);
    filled += bytesRead;
  }
  return bytes;
}
