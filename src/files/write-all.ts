import type { FileHandle } from 'node:fs/promises';

/**
 * Writes all of `bytes` at `position`. One call of `FileHandle.write` may write less than it was given, as on a disk
 * that is nearly full, and says so only in its answer.
 * @throws the system's error where the rest can't be written
 */
export async function writeAll(
  handle: Pick<FileHandle, 'write'>,
  bytes: Uint8Array,
  position: number,
): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}
