import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Cohort } from '../../src/data/cohort/cohort.ts';
import { openCohort } from '../../src/data/cohort/open-cohort.ts';
import { readSession } from '../../src/data/cohort/read-session.ts';

import { refused } from './refused.ts';

import {
  bids,
  complete,
  drawingPath,
  image,
  imagePath,
  labelMap,
  labels,
  opened,
  series,
  sform,
  texts,
  written,
} from './tiny-cohort.ts';

const test = suite('cohort-missing');
type Changes = Record<string, string | Uint8Array | null>;
const file = imagePath('02', '3T');
const drawing = drawingPath('02', '3T', 'B');
const bval = file.replace('.nii', '.bval');
const others = ['sub-01 ses-15T', 'sub-01 ses-3T', 'sub-02 ses-15T'];
const usable = (cohort: Cohort) => cohort.sessions.map(({ name }) => name);

/** Faults that headers and tables show: what changes, what is said of it, and whether the session is lost. */
const faults: [name: string, changes: Changes, says: (string | RegExp)[], session: boolean][] = [
  ['no image', { [file]: null }, ['sub-02 ses-3T: there is no image', 'sub-02_ses-3T_dwi.nii.gz'], true],
  ['no .bval', { [bval]: null }, ['sub-02 ses-3T: ', file, 'no .bval'], true],
  [
    'a .bval with one value too many',
    { [bval]: '0 50 200 800 900\n' },
    ['sub-02 ses-3T: ', bval, 'has 5 b-values', file, 'has 4 volumes'],
    true,
  ],
  ['too few b-values', { [bval]: '0 50 50 50' }, ['sub-02 ses-3T: ', bval, '2 different b-values'], true],
  ['a .bval of words', { [bval]: '0 fifty 200 800' }, ['sub-02 ses-3T: ', `${bval}:1`, "'fifty'"], true],
  ['an empty image', { [file]: '' }, ['sub-02 ses-3T: ', file, 'is empty'], true],
  ['no NIfTI', { [file]: 'x'.repeat(400) }, ['sub-02 ses-3T: ', file, 'not a NIfTI image'], true],
  [
    'an affine whose axes lie in a plane',
    { [file]: image(series(), { sform: [1, 2, 0, 0, 1, 2, 0, 0, 0, 0, 1, 0] }) },
    ['sub-02 ses-3T: ', file, 'affine is not invertible'],
    true,
  ],
  [
    'an affine of zeros',
    { [file]: image(series(), { sform: new Array<number>(12).fill(0) }) },
    ['sub-02 ses-3T: ', file, 'affine is not invertible'],
    true,
  ],
  [
    'an affine with NaN',
    { [file]: image(series(), { sform: [NaN, ...sform.slice(1)] }) },
    ['sub-02 ses-3T: ', file, 'not finite'],
    true,
  ],
  [
    'two series',
    { [file.replace('_dwi', '_acq-x_dwi')]: image(series()) },
    ['sub-02 ses-3T: ', '2 series', 'acq-x', '`series: [acq-ivim]`', '`series: [plain]`'],
    true,
  ],
  [
    'runs of other sizes',
    { [file.replace('_dwi', '_run-1_dwi')]: image(series(), { shape: [3, 2, 1, 8] }) },
    ['sub-02 ses-3T: ', 'run-1', 'has another grid than', '3 x 2 x 1 voxels, not 3 x 2 x 2'],
    true,
  ],
  [
    'a missing mask',
    { [drawing]: null, [drawing.replace('.nii', '.tsv')]: null },
    ['sub-02 ses-3T B: there are no regions by this reader'],
    false,
  ],
  [
    'regions without names',
    { [drawing.replace('.nii', '.tsv')]: null },
    ['sub-02 ses-3T B: ', drawing, 'no table of names'],
    false,
  ],
  [
    'a table without the pancreas',
    { [drawing.replace('.nii', '.tsv')]: 'index\tname\n1\tliver\n' },
    ['sub-02 ses-3T B: spleen is not drawn'],
    false,
  ],
  [
    'a table without indices',
    { [drawing.replace('.nii', '.tsv')]: 'number\tname\n1\tliver\n' },
    ['sub-02 ses-3T B: ', '_dseg.tsv:1', 'no column index'],
    false,
  ],
  [
    'an index twice',
    { [drawing.replace('.nii', '.tsv')]: 'index\tname\n1\tliver\n1\tspleen\n' },
    ['sub-02 ses-3T B: ', '_dseg.tsv:3', 'region 1 occurs twice'],
    false,
  ],
  [
    'an index that is a word',
    { [drawing.replace('.nii', '.tsv')]: 'index\tname\none\tliver\n' },
    ['sub-02 ses-3T B: ', '_dseg.tsv:2', "'one' is not the number of a region"],
    false,
  ],
  [
    'regions of another size',
    { [drawing]: labelMap([...labels['B'], ...labels['B']], { shape: [3, 2, 4] }) },
    ['sub-02 ses-3T B: ', drawing, 'has another grid than', file, '3 x 2 x 4 voxels, not 3 x 2 x 2'],
    false,
  ],
  [
    'regions elsewhere in space',
    { [drawing]: labelMap(labels['B'], { sform: sform.map((value, i) => (i === 3 ? value + 0.5 : value)) }) },
    ['sub-02 ses-3T B: ', drawing, 'has another grid than', file, '0.5 mm apart'],
    false,
  ],
  [
    'regions turned over',
    { [drawing]: labelMap(labels['B'], { sform: sform.map((value, i) => (i % 4 === 0 ? -value : value)) }) },
    ['sub-02 ses-3T B: ', drawing, 'has another grid than', file, 'mm apart'],
    false,
  ],
  [
    'regions whose affine is not invertible',
    { [drawing]: labelMap(labels['B'], { sform: new Array<number>(12).fill(0) }) },
    ['sub-02 ses-3T B: ', drawing, 'not invertible'],
    false,
  ],
  [
    'regions in a series',
    { [drawing]: labelMap([...labels['B'], ...labels['B']], { shape: [3, 2, 2, 2] }) },
    ['sub-02 ses-3T B: ', drawing, 'has 2 volumes'],
    false,
  ],
];

for (const [name, changes, says, session] of faults) {
  test(`${name}: refused, or listed while the rest is read`, async () => {
    await refused(() => opened(changes, { missing: 'refuse' }), ...says, '`missing: report`');
    const cohort = await opened(changes);
    assert.is(cohort.missing.length, 1, texts(cohort).join(' | '));
    const [{ subject, session: where, leavesOut, text }] = cohort.missing;
    assert.equal([subject, where], ['sub-02', 'ses-3T']);
    for (const word of says)
      assert.ok(typeof word === 'string' ? text.includes(word) : word.test(text), text);
    assert.equal(usable(cohort), session ? others : [...others, 'sub-02 ses-3T']);
    assert.is(leavesOut === 'session', session);
    for (const each of cohort.sessions) {
      const { voxels: read, missing } = await readSession(cohort, each);
      assert.ok(read!.signals.n >= 6);
      assert.equal(missing, []);
    }
  });
}

test('sessions and people that others have, or the list of participants', async () => {
  const contents = complete();
  for (const path of Object.keys(contents)) if (path.includes('sub-02_ses-3T')) delete contents[path];
  contents['participants.tsv'] = 'participant_id\nsub-01\nsub-02\nsub-03\n';
  const cohort = await openCohort(bids(written(contents)));
  assert.is(cohort.missing.length, 2);
  assert.match(cohort.missing[0].text, /^sub-03: there is no such folder, but .*participants\.tsv lists it$/);
  assert.is(cohort.missing[1].text, 'sub-02 ses-3T: there is no such session, but other subjects have it');
  assert.equal(usable(cohort), others);
  assert.equal(cohort.subjects, ['sub-01', 'sub-02', 'sub-03']);
});

test('readers and regions that the config expects, and others', async () => {
  const expect = { readers: ['A', 'C'], regions: ['liver', 'pancreas'] };
  const cohort = await opened({}, { expect });
  const first = texts(cohort).filter((text) => text.startsWith('sub-01 ses-15T'));
  assert.equal(first, [
    'sub-01 ses-15T A: pancreas is not drawn',
    'sub-01 ses-15T C: there are no regions by this reader',
  ]);
  assert.equal(cohort.notes, [
    'readers that the config does not expect are left out: B',
    'regions that the config does not expect are left out: spleen',
  ]);
  const { voxels: read } = await readSession(cohort, cohort.sessions[0]);
  assert.equal(
    read!.drawn.map(({ reader, region }) => `${reader} ${region}`),
    ['A liver'],
  );
});

test('grids may lie apart as far as the config allows', async () => {
  const moved = (mm: number) => ({
    [drawing]: labelMap(labels['B'], { sform: sform.map((v, i) => (i === 11 ? v + mm : v)) }),
  });
  // The shortest edge of the voxels: the column (0.3, 1.9, 0.2).
  const edge = Math.hypot(0.3, 1.9, 0.2);
  assert.equal((await opened(moved(0.049 * edge))).missing, []);
  assert.is((await opened(moved(0.051 * edge))).missing.length, 1);
  assert.equal((await opened(moved(0.29 * edge), { gridTolerance: 0.3 })).missing, []);
});

test.run();
