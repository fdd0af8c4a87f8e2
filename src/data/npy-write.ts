import { formatNpyHeader } from './npy-header.ts';

/** Encodes doubles or bytes as an NPY file (C order, little-endian). */
export function encodeNpy(values: Float64Array | Uint8Array, shape: readonly number[]): Uint8Array {
  const [kind, content] =
    values instanceof Uint8Array ? (['u1', values] as const) : (['f8', littleEndianBytes(values)] as const);
  const header = formatNpyHeader(kind, shape);
  const file = new Uint8Array(header.length + content.length);
  file.set(header);
  file.set(content, header.length);
  return file;
}

/** Returns doubles as little-endian bytes, whatever the byte order of the machine. */
export function littleEndianBytes(values: Float64Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.byteLength));
  for (let i = 0; i < values.length; i++) view.setFloat64(8 * i, values[i], true);
  return new Uint8Array(view.buffer);
}
