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
    'recovers the truth without noise',
    'recovers the truth under every registered protocol',
    'fits every registered protocol',
    'returns a valid estimate or a failed status for odd signals',
    'fails voxels without a usable b=0 mean',
    'prepares from voxels that include odd ones',
    'returns the same estimates for the same seed',
    'leaves its input unchanged',
    'returns the same estimate for a voxel alone and in a batch',
    'overwrites whatever the output held before',
    'has a label and a source',
  ]);
});

test('takes a fitter by name', () => {
  const { status, stdout } = run('segmented');
  assert.is(status, 0, stdout);
  assert.match(stdout, /conformance of segmented/);
});

test.run();
