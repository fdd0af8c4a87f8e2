import { promisify } from 'node:util';
import { constants, createGunzip, gzip } from 'node:zlib';

const LEVEL = 6;

/** Compresses bytes in gzip format. */
export const gzipped = (bytes: Uint8Array): Promise<Uint8Array> => promisify(gzip)(bytes, { level: LEVEL });

/**
 * Decompresses gzip data chunk by chunk, as far as it goes: data that are cut short end without an error.
 * @throws Error if the data are damaged
 */
export function gunzipped(stored: Uint8Array): AsyncIterable<Uint8Array> {
  const stream = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH, chunkSize: 2 ** 20 });
  stream.end(stored);
  return stream as AsyncIterable<Uint8Array>;
}
