import { InputError } from '../contracts/input-error.ts';
import { decodeNumbers, numberSize } from './decode-numbers.ts';
import { parseNiftiHeader, type NiftiHeader } from './nifti-header.ts';
import { gunzipped } from '../files/gzip.ts';
import { readInput } from '../files/read-input.ts';
import { reason } from '../files/reason.ts';

/** An image in memory. The value at (x, y, z) of volume v is `slope * data[x + nx (y + ny (z + nz v))] + intercept`. */
export interface NiftiImage {
  readonly file: string;
  readonly header: NiftiHeader;
  readonly data: ArrayLike<number>;
}

/**
 * Reads a `.nii` or `.nii.gz` file (compression is detected from the content, not the name). Of a compressed file no more is
 * decompressed than the header says the image has.
 * @throws InputError if the file can't be read, is not a NIfTI image, or is shorter than its header states
 */
export async function readNifti(file: string): Promise<NiftiImage> {
  const stored = await readInput(file);
  if (stored.length === 0) throw new InputError(`${file} is empty`);
  const compressed = stored[0] === 0x1f && stored[1] === 0x8b;
  const bytes = compressed ? await decompress(stored, file) : stored;
  const header = parseNiftiHeader(bytes, file);
  const end = endOf(header, file);
  if (bytes.length < end) {
    const size = [...header.shape, header.volumes].join(' x ');
    throw new InputError(
      `${file} is cut short: ${size} '${header.kind}' voxels need ${end} bytes` +
        `${compressed ? ' once decompressed' : ''}, it has ${bytes.length}`,
    );
  }
  const data = decodeNumbers(bytes.subarray(header.dataOffset, end), header.kind, header.littleEndian);
  return { file, header, data };
}

/** Enough for a header of either version. */
const HEADER_BYTES = 544;

/** Deflate makes no more than this of a byte (zlib's technical details), so that no more has to be allocated. */
const MOST_PER_BYTE = 1032;

/** Where the numbers of an image end, in bytes. @throws InputError if it is larger than can be read */
function endOf(header: NiftiHeader, file: string): number {
  const voxels = header.shape[0] * header.shape[1] * header.shape[2];
  if (voxels > LARGEST_VOLUME) {
    throw new InputError(
      `${file}: its header announces volumes of ${header.shape.join(' x ')} voxels, ${voxels}; allowed: up to ${LARGEST_VOLUME}`,
    );
  }
  const end = header.dataOffset + voxels * header.volumes * numberSize(header.kind);
  if (end <= LARGEST_IMAGE) return end;
  const size = [...header.shape, header.volumes].join(' x ');
  throw new InputError(
    `${file}: its header announces ${size} '${header.kind}' voxels, ${end} bytes; allowed: up to ${LARGEST_IMAGE}`,
  );
}

/** What fits into one buffer. */
const LARGEST_IMAGE = 2 ** 32 - 1;

/** Voxels of one volume, ten times those of the finest diffusion scans: masks and maps take up to 60 bytes of each. */
const LARGEST_VOLUME = 2 ** 26;

/**
 * Decompresses up to the end of the image that the header announces, or as far as possible, so that the size of a truncated
 * file can be reported. The image is written to the memory that it stays in, so that it is there only once.
 */
async function decompress(stored: Uint8Array, file: string): Promise<Uint8Array> {
  let bytes = new Uint8Array(0);
  let length = 0;
  try {
    for await (const chunk of gunzipped(stored)) {
      if (length < HEADER_BYTES) {
        bytes = joined(bytes, chunk);
        length = bytes.length;
        if (length < HEADER_BYTES) continue;
        bytes = roomFor(parseNiftiHeader(bytes, file), stored, bytes, file);
        length = Math.min(length, bytes.length);
      } else {
        const part = chunk.subarray(0, bytes.length - length);
        bytes.set(part, length);
        length += part.length;
      }
      if (length === bytes.length) break;
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`${file} is damaged: its gzip data can't be decompressed (${reason(error)})`, {
      cause: error,
    });
  }
  return bytes.subarray(0, length);
}

/** Allocates an image so that its numbers can be read in place, and copies its beginning there. */
function roomFor(
  header: NiftiHeader,
  stored: Uint8Array,
  beginning: Uint8Array,
  file: string,
): Uint8Array<ArrayBuffer> {
  const end = Math.min(endOf(header, file), Math.max(beginning.length, MOST_PER_BYTE * stored.length));
  const before = -header.dataOffset & (LARGEST_NUMBER - 1);
  const room = new Uint8Array(new ArrayBuffer(before + end), before);
  room.set(beginning.subarray(0, end));
  return room;
}

/** Bytes of the largest kind of number. */
const LARGEST_NUMBER = 8;

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(a.length + b.length);
  whole.set(a);
  whole.set(b, a.length);
  return whole;
}
