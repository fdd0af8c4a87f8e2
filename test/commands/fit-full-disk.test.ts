import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { formatNpyHeader } from '../../src/data/npy-header.ts';
import { scratchFolder } from '../data/scratch-folder.ts';
import { program, root } from './command-line.ts';

const test = suite('fit-full-disk');
const { path, put } = scratchFolder();
const slope = fileURLToPath(new URL('../fitting/slope-fitter.ts', import.meta.url));
const bval = put('four.bval', '0 50 400 1000\n');
/** Of 512 bytes, as POSIX has `ulimit -f` count them. */
const BLOCKS = 1024;

/** `fit` in a shell that lets no file grow beyond the limit, as a full disk would not. */
function fitWithin(signals: string, out: string, ...more: string[]) {
  const words = ['fit', signals, '--fitter', slope, '--out', out, '--workers', '1', ...more];
  const command = `ulimit -f ${BLOCKS} && exec "$@"`;
  return spawnSync('sh', ['-c', command, 'sh', process.execPath, program, ...words], {
    cwd: root,
    encoding: 'utf8',
  });
}

function isNoSuccess({ status, stderr }: { status: number | null; stderr: string }, out: string): void {
  assert.is(status, 1, stderr);
  assert.match(stderr, 'EFBIG');
  assert.not.match(stderr, 'wrote');
  assert.not.ok(existsSync(out));
}

test('an NPY table whose last bytes find no room is no success and leaves nothing', () => {
  // Four doubles a voxel fill the file to its limit but for the header.
  const voxels = (BLOCKS * 512) / 32;
  const table = Float64Array.from({ length: voxels * 4 }, (_, i) => [100, 95, 67, 37][i % 4]);
  const signals = put(
    'in.npy',
    Buffer.concat([formatNpyHeader('f8', [voxels, 4]), new Uint8Array(table.buffer)]),
  );
  isNoSuccess(fitWithin(signals, path('out.npy'), '--bval', bval), path('out.npy'));
});

test('nor is a CSV table', () => {
  // A number may have any number of zeros.
  const line = `100,95,67,${'37'.padStart(60, '0')}\n`;
  const signals = put('in.csv', `b0,b50,b400,b1000\n${line.repeat(9_000)}`);
  isNoSuccess(fitWithin(signals, path('out.csv')), path('out.csv'));
});

test.run();
