import { readFile } from 'node:fs/promises';
import { constants, gunzip } from 'node:zlib';
import { promisify } from 'node:util';
import { InputError } from '../contracts/input-error.ts';
import { decodeNumbers, numberSize } from './decode-numbers.ts';
import { parseNiftiHeader, type NiftiHeader } from './nifti-header.ts';
import { reason } from '../files/reason.ts';

/** An image in memory. The value at (x, y, z) of volume v is `slope * data[x + nx (y + ny (z + nz v))] + intercept`. */
export interface NiftiImage {
  readonly file: string;
  readonly header: NiftiHeader;
  readonly data: ArrayLike<number>;
}

/**
 * Reads a `.nii` or `.nii.gz` file (compression is detected from the content, not the name).
 * @throws InputError if the file can't be read, is not a NIfTI image, or is shorter than its header states
 */
export async function readNifti(file: string): Promise<NiftiImage> {
  const stored = await readWhole(file);
  if (stored.length === 0) throw new InputError(`${file} is empty`);
  const compressed = stored[0] === 0x1f && stored[1] === 0x8b;
  const bytes = compressed ? await decompress(stored, file) : stored;
  const header = parseNiftiHeader(bytes, file);
  const voxels = header.shape[0] * header.shape[1] * header.shape[2] * header.volumes;
  const end = header.dataOffset + voxels * numberSize(header.kind);
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

async function readWhole(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new InputError(`cannot read ${file}: ${reason(error)}`, { cause: error });
  }
}

/** Decompresses as far as possible, so that the size of a truncated file can be reported. */
async function decompress(stored: Uint8Array, file: string): Promise<Uint8Array> {
  try {
    return await promisify(gunzip)(stored, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch (error) {
    throw new InputError(`${file} is damaged: its gzip data can't be decompressed (${reason(error)})`, {
      cause: error,
    });
  }
}
