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

/** Where the numbers of an image end, in bytes. @throws InputError if it is larger than can be read */
function endOf(header: NiftiHeader, file: string): number {
  const voxels = header.shape[0] * header.shape[1] * header.shape[2] * header.volumes;
  const end = header.dataOffset + voxels * numberSize(header.kind);
  if (end <= LARGEST_IMAGE) return end;
  const size = [...header.shape, header.volumes].join(' x ');
  throw new InputError(
    `${file}: its header announces ${size} '${header.kind}' voxels, ${end} bytes; allowed: up to ${LARGEST_IMAGE}`,
  );
}

/** What fits into one buffer. */
const LARGEST_IMAGE = 2 ** 32 - 1;

/**
 * Decompresses up to the end of the image that the header announces, or as far as possible, so that the size of a truncated
 * file can be reported.
 */
async function decompress(stored: Uint8Array, file: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  let end = Infinity;
  try {
    for await (const chunk of gunzipped(stored)) {
      chunks.push(chunk);
      length += chunk.length;
      if (end === Infinity && length >= HEADER_BYTES)
        end = endOf(parseNiftiHeader(joined(chunks), file), file);
      if (length >= end) break;
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`${file} is damaged: its gzip data can't be decompressed (${reason(error)})`, {
      cause: error,
    });
  }
  return joined(chunks);
}

/** Chunks are nearly always one by the time of the header, which then needs no copy. */
function joined(chunks: readonly Uint8Array[]): Uint8Array {
  if (chunks.length === 1) return chunks[0];
  const whole = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
