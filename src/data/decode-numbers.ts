/** Number types of files by NumPy's short names; `b1` is a boolean stored in a byte. */
export type NumberKind = 'u1' | 'u2' | 'u4' | 'u8' | 'i1' | 'i2' | 'i4' | 'i8' | 'f4' | 'f8' | 'b1';

/** Size of one number in bytes. */
export const numberSize = (kind: NumberKind): number => Number(kind[1]);

/** Whether this machine stores the lowest byte of a number first. */
export const hostIsLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/**
 * Decodes the numbers in `bytes`. The result is a view of `bytes` where they begin at a multiple of the size of a number: numbers of
 * the other byte order are swapped in place, and 64-bit integers replaced by the nearest doubles, so `bytes` must belong to the
 * caller.
 */
export function decodeNumbers(bytes: Uint8Array, kind: NumberKind, littleEndian: boolean): ArrayLike<number> {
  const size = numberSize(kind);
  const aligned = bytes.byteOffset % size === 0 ? bytes : new Uint8Array(bytes);
  if (littleEndian !== hostIsLittleEndian) swapBytes(aligned, size);
  const { buffer, byteOffset } = aligned;
  const length = Math.floor(aligned.byteLength / size);
  switch (kind) {
    case 'u1':
    case 'b1':
      return new Uint8Array(buffer, byteOffset, length);
    case 'i1':
      return new Int8Array(buffer, byteOffset, length);
    case 'u2':
      return new Uint16Array(buffer, byteOffset, length);
    case 'i2':
      return new Int16Array(buffer, byteOffset, length);
    case 'u4':
      return new Uint32Array(buffer, byteOffset, length);
    case 'i4':
      return new Int32Array(buffer, byteOffset, length);
    case 'u8':
      return asDoubles(new Uint32Array(buffer, byteOffset, 2 * length));
    case 'i8':
      return asDoubles(new Int32Array(buffer, byteOffset, 2 * length));
    case 'f4':
      return new Float32Array(buffer, byteOffset, length);
    case 'f8':
      return new Float64Array(buffer, byteOffset, length);
  }
}

/**
 * Replaces integers of 64 bits, each given as two halves, by the nearest doubles. The higher half times 2^32 is exact, so that only the
 * sum is rounded.
 */
function asDoubles(halves: Uint32Array | Int32Array): Float64Array {
  const doubles = new Float64Array(halves.buffer, halves.byteOffset, halves.length / 2);
  const [low, high] = hostIsLittleEndian ? [0, 1] : [1, 0];
  for (let i = 0; i < doubles.length; i++) {
    doubles[i] = halves[2 * i + high] * 2 ** 32 + (halves[2 * i + low] >>> 0);
  }
  return doubles;
}

/** Reverses the bytes of every number of `size` bytes, in place. */
export function swapBytes(bytes: Uint8Array, size: number): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.byteLength - (bytes.byteLength % size);
  if (size === 2) {
    for (let at = 0; at < end; at += 2) view.setUint16(at, view.getUint16(at, true), false);
  } else if (size === 4) {
    for (let at = 0; at < end; at += 4) view.setUint32(at, view.getUint32(at, true), false);
  } else if (size === 8) {
    for (let at = 0; at < end; at += 8) {
      const first = view.getUint32(at, true);
      view.setUint32(at, view.getUint32(at + 4, true), false);
      view.setUint32(at + 4, first, false);
    }
  }
}
