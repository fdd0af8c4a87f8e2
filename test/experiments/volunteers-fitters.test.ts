import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import volunteers from '../../experiments/volunteers.ts';
import { refused } from '../data/refused.ts';
import { smallDataSet, studyOf } from './small-volunteers.ts';

const test = suite('experiments: volunteers whose b-values or noise do not suit a fitter');

/** Changes all files of a data set whose names end alike, in the sessions of some subjects. */
function change(folder: string, ending: string, to: (text: string) => string, subjects = /sub-/): void {
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!path.endsWith(ending) || !subjects.test(path)) continue;
    writeFileSync(join(folder, path), to(readFileSync(join(folder, path), 'utf8')));
  }
}

const from = (lowest: number) => (text: string) => text.replace(/^0 /, `${lowest} `);

test('a fitter that no session suits is refused before any work', async () => {
  const folder = await smallDataSet();
  change(folder, '_dwi.bval', () => '50 60 80 100 150 300 500 1000\n');
  await refused(
    async () => volunteers.plan(await studyOf(folder, [{ use: 'ls-s0' }, { use: 'ls-global' }])),
    'ls-global needs b=0: the lowest b-value is 50 s/mm²',
    '(so in all 6 sessions)',
  );
  change(folder, '_dwi.json', () => '{}');
  await refused(
    async () => volunteers.plan(await studyOf(folder, [{ use: 'any-protocol-net' }])),
    'any-protocol-net needs the noise level: give NoiseStandardDeviation',
  );
});

test('sessions that a fitter does not suit, and what is doubtful in others, are remarked upon', async () => {
  const folder = await smallDataSet();
  const config = await studyOf(folder, [{ use: 'ls-global' }, { use: 'ls-s0' }]);
  assert.equal(await volunteers.remarks!(config), { notes: [], leftOut: [] });
  change(folder, '_dwi.bval', () => '50 60 80 100 150 300 500 1000\n', /sub-02/);
  change(folder, '_dwi.bval', from(5), /sub-01/);
  const { notes, leftOut } = await volunteers.remarks!(config);
  assert.match(
    notes[0],
    'sub-01 ses-15T, sub-01 ses-3T: ls-global: no volume has b=0: the lowest b-value, 5 s/mm²',
  );
  assert.match(
    notes.join(),
    'sub-02 ses-15T, sub-02 ses-3T: ls-s0: no volume has b=0: the lowest b-value is 50',
  );
  assert.is(leftOut.length, 1);
  assert.match(leftOut[0], "ls-global can't fit 2 of 6 sessions: sub-02 ses-15T: ls-global needs b=0");
});

test.run();
