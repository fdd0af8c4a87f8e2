import { constants, gunzipSync } from 'node:zlib';
import { InputError } from '../../contracts/input-error.ts';
import { parseNiftiHeader, type NiftiHeader } from '../nifti-header.ts';
import { openInput } from '../../files/read-input.ts';
import { reason } from '../../files/reason.ts';

/** More bytes than the longest header has, compressed or not. */
const ENOUGH = 16_384;

/**
 * Reads only the header of a `.nii` or `.nii.gz` file.
 * @throws InputError if the file can't be read or does not start with a NIfTI header
 */
export async function niftiHeaderOf(file: string): Promise<NiftiHeader> {
  const start = await readStart(file);
  if (start.length === 0) throw new InputError(`${file} is empty`);
  const compressed = start[0] === 0x1f && start[1] === 0x8b;
  return parseNiftiHeader(compressed ? decompressStart(start, file) : start, file);
}

async function readStart(file: string): Promise<Uint8Array> {
  const { handle } = await openInput(file);
  try {
    const room = new Uint8Array(ENOUGH);
    let length = 0;
    for (;;) {
      const { bytesRead } = await handle.read(room, length, ENOUGH - length, length);
      if (bytesRead === 0) return room.subarray(0, length);
      length += bytesRead;
    }
  } catch (error) {
    throw new InputError(`cannot read ${file}: ${reason(error)}`, { cause: error });
  } finally {
    await handle.close();
  }
}

function decompressStart(start: Uint8Array, file: string): Uint8Array {
  try {
    return gunzipSync(start, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch (error) {
    throw new InputError(`${file} is damaged: its gzip data can't be decompressed (${reason(error)})`, {
      cause: error,
    });
  }
}
