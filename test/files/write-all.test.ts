import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { writeAll } from '../../src/files/write-all.ts';

const test = suite('write-all');

/** A file that takes at most `most` bytes at a time and `room` altogether, as a disk nearly full does. */
function file(most: number, room: number) {
  const content = new Uint8Array(room);
  let used = 0;
  const write = async (bytes: Uint8Array, from: number, length: number, position: number) => {
    const bytesWritten = Math.min(most, length, room - used);
    if (bytesWritten === 0) throw new Error('ENOSPC: no space left on device, write');
    content.set(bytes.subarray(from, from + bytesWritten), position);
    used += bytesWritten;
    return { bytesWritten, buffer: bytes };
  };
  return { content, handle: { write } as unknown as Parameters<typeof writeAll>[0] };
}

test('writes everything, however little the file takes at a time', async () => {
  const { content, handle } = file(3, 12);
  await writeAll(handle, Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8), 4);
  assert.equal([...content], [0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8]);
});

test('does not pass over what found no room', async () => {
  const { handle } = file(100, 6);
  let message = '';
  await writeAll(handle, new Uint8Array(8), 0).catch((error: Error) => (message = error.message));
  assert.match(message, 'ENOSPC');
});

test.run();
