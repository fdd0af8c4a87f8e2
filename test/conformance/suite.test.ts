import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const test = suite('conformance suite');

const run = (fitter: string) =>
  spawnSync(
    process.execPath,
    ['--import', 'tsx', fileURLToPath(new URL('one.ts', import.meta.url)), fitter],
    { encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } },
  );

test('finds what a careless fitter does wrong', () => {
  const { status, stdout } = run(fileURLToPath(new URL('careless-fitter.ts', import.meta.url)));
  assert.is(status, 1);
  const found = [...stdout.matchAll(/FAIL {2}conformance of \S+ {2}"([^"]+)"/g)].map((match) => match[1]);
  assert.equal(found, [
    'finds the truth where there is no noise',
    'finds the truth under every registered protocol',
    'fits every registered protocol',
    'answers odd signals with a valid estimate or a failed status',
    'fails voxels without a usable b=0 mean',
    'gets ready from voxels among which odd ones stand',
    'gives the same answers for the same seed',
    'leaves its input alone',
    'fits a voxel alone as it fits it among a thousand',
    'answers are its own, whatever stood in their place',
    'says what it is',
  ]);
});

test('takes a fitter by name', () => {
  const { status, stdout } = run('segmented');
  assert.is(status, 0, stdout);
  assert.match(stdout, /conformance of segmented/);
});

test.run();
