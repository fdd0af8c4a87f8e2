import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Cohort } from '../../src/data/cohort/cohort.ts';
import { openCohort } from '../../src/data/cohort/open-cohort.ts';
import { readSession } from '../../src/data/cohort/read-session.ts';
import { readTruth } from '../../src/data/cohort/read-truth.ts';
import type { FileRow } from '../../src/data/cohort/source.ts';
import { readTrueRegionMeans } from '../../src/data/cohort/true-region-means.ts';
import { refused } from './refused.ts';
import { scratchFolder } from './scratch-folder.ts';
import {
  bids,
  bValues,
  changed,
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
  voxels,
  written,
} from './tiny-cohort.ts';

const test = suite('cohort-missing');
const scratch = scratchFolder();
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

/** Faults that only the voxels show. */
const withNaN = (at: number, value = NaN) => image(series().map((s, i) => (i === at ? value : s)));
const inVoxels: [name: string, changes: Changes, says: string[], left: number | null][] = [
  ['NaN in an image', { [file]: withNaN(2 * voxels + 1) }, [`${file}: NaN or infinity in 1 of 7 voxels`], 6],
  [
    'infinity in an image',
    { [file]: withNaN(8, Infinity) },
    [`${file}: NaN or infinity in 1 of 7 voxels`],
    6,
  ],
  ['no signal at b=0', { [file]: withNaN(3, 0) }, [`${file}: no signal above 0 at b=0 in 1 of 7 voxels`], 6],
  [
    'voxels of zeros',
    { [file]: image(series().map((s, i) => (i % voxels < 2 ? 0 : s))) },
    [`${file}: 0 in every volume in 2 of 7 voxels`],
    5,
  ],
  [
    'a reader who left a region out',
    { [drawing]: labelMap(labels['B'].map((label) => label % 2)) },
    ['B: spleen is not drawn', drawing, 'has no voxel of it'],
    7,
  ],
  ['a cut image', { [file]: image(series()).slice(0, -1) }, [file, 'is cut short'], null],
  ['cut regions', { [drawing]: labelMap(labels['B']).slice(0, -1) }, ['B: ', drawing, 'is cut short'], 6],
];

for (const [name, changes, says, left] of inVoxels) {
  test(`${name}: refused, or counted while the rest is read`, async () => {
    const strict = await opened(changes, { missing: 'refuse' });
    const at = strict.sessions.findIndex((session) => session.name === 'sub-02 ses-3T');
    await refused(() => readSession(strict, strict.sessions[at]), 'sub-02 ses-3T', ...says);
    const cohort = await opened(changes);
    assert.equal(cohort.missing, []);
    const { voxels: read, missing } = await readSession(cohort, cohort.sessions[at]);
    assert.is(missing.length, 1, texts({ missing }).join(' | '));
    for (const word of ['sub-02 ses-3T', ...says]) assert.ok(missing[0].text.includes(word), missing[0].text);
    assert.is(read?.signals.n ?? null, left);
    const rows = read?.drawn.flatMap((region) => [...region.rows]) ?? [];
    assert.ok(rows.every((row) => row < left!));
    const whole = await readSession(cohort, cohort.sessions[0]);
    assert.is(whole.voxels!.signals.n, 7);
    assert.equal(whole.missing, []);
  });
}

test('a region of which no voxel can be used is said to be lost', async () => {
  const dark = image(series().map((s, i) => (i % voxels >= 8 ? NaN : s)));
  const cohort = await opened({ [file]: dark });
  const { voxels: read, missing } = await readSession(cohort, cohort.sessions[3]);
  assert.equal(
    missing.map(({ leavesOut, reader, region }) => [leavesOut, reader, region]),
    [
      ['voxels', undefined, undefined],
      ['region', 'A', 'spleen'],
      ['region', 'B', 'spleen'],
    ],
  );
  assert.ok(missing[0].text.includes('NaN or infinity in 3 of 7 voxels'));
  assert.equal(
    read!.drawn.map(({ region }) => region),
    ['liver', 'liver'],
  );
});

test('NaN outside the regions is nobody’s loss', async () => {
  const cohort = await opened({ [file]: withNaN(5) }, { missing: 'refuse' });
  const { voxels: read } = await readSession(cohort, cohort.sessions[3], { slices: 'all' });
  assert.is(read!.signals.n, voxels - 1);
});

test('the file of a NaN is named where a session has a file per volume', async () => {
  const run = (i: number) => file.replace('_dwi', `_run-${i}_dwi`);
  const volumes = bValues.map((_, i) => series().slice(i * voxels, (i + 1) * voxels));
  volumes[2][0] = NaN;
  const changes: Changes = { [file]: null };
  volumes.forEach((values, i) => (changes[run(i)] = image(values)));
  const cohort = await opened(changes);
  const { missing } = await readSession(cohort, cohort.sessions[3]);
  assert.is(missing.length, 1);
  assert.ok(missing[0].file!.endsWith(run(2)));
});

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

test('numbers without a name are told', async () => {
  const cohort = await opened({ [drawing]: labelMap(labels['B'].map((label) => (label === 0 ? 9 : label))) });
  const { notes, voxels: read } = await readSession(cohort, cohort.sessions[3]);
  assert.is(notes.length, 1);
  assert.match(notes[0], /^sub-02 ses-3T B: .* 6 voxels have the number 9, which has no name/);
  assert.is(read!.signals.n, 7);
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

test('damaged gzip data', async () => {
  const whole = gzipSync(image(series()));
  const damaged = Uint8Array.from(whole);
  damaged.fill(255, 12, 40);
  const cohort = await opened({ [file]: null, [`${file}.gz`]: damaged });
  assert.match(cohort.missing[0].text, /^sub-02 ses-3T: .*is damaged/);
  const cut = await opened({ [file]: null, [`${file}.gz`]: whole.subarray(0, whole.length - 60) });
  assert.equal(cut.missing, [], 'its header is whole');
  const { voxels: read, missing } = await readSession(cut, cut.sessions[3]);
  assert.is(read, null);
  assert.match(missing[0].text, /^sub-02 ses-3T: .*is cut short/);
});

test('what is no data set at all', async () => {
  const folder = scratch.path('empty');
  mkdirSync(folder);
  await refused(() => openCohort(bids(folder)), folder, 'no folders sub-');
  await refused(() => openCohort(bids(scratch.path('nowhere'))), 'nowhere', 'no such folder');
  writeFileSync(scratch.path('file'), '');
  await refused(() => openCohort(bids(scratch.path('file'))), 'is a file');
  const undrawn = complete();
  for (const path of Object.keys(undrawn)) if (path.startsWith('derivatives')) delete undrawn[path];
  await refused(() => openCohort(bids(written(undrawn))), 'no session', 'nobody drew regions');
  const bare = changed({ 'dataset_description.json': null, 'participants.tsv': 'participant_id\nsub-01\n' });
  assert.equal(
    (await openCohort(bids(written(bare)))).notes.map((note) => note.replace(/^.*set-\d+\/?/, '')),
    ['has no dataset_description.json, which BIDS requires', 'participants.tsv does not list sub-02'].map(
      (text) => (text.startsWith('has') ? ` ${text}` : text),
    ),
  );
});

test('drawings that do not say whose or of what they are', async () => {
  const stem = 'derivatives/readers/sub-01/ses-15T/dwi/sub-01_ses-15T';
  const anonymous = await opened({ [`${stem}_dseg.nii`]: labelMap(labels['A']) });
  assert.match(anonymous.missing[0].text, /^sub-01 ses-15T: .*_dseg\.nii does not name its reader/);
  const vague = await opened({ [`${stem}_desc-A_mask.nii`]: labelMap(labels['A']) });
  assert.match(vague.missing[0].text, /^sub-01 ses-15T A: .*_mask\.nii does not name its region/);
});

test('faults of a table of files', async () => {
  const folder = written(complete());
  const at = (path: string) => join(folder, path);
  const row: FileRow = {
    subject: 'Anna',
    session: 'before',
    images: [at(imagePath('01', '15T'))],
    bval: at(imagePath('01', '15T').replace('.nii', '.bval')),
    masks: { A: at(drawingPath('01', '15T', 'A')), B: at(drawingPath('01', '15T', 'B')) },
  };
  const open = (...files: FileRow[]) =>
    openCohort({ from: { files }, missing: 'refuse', gridTolerance: 0.05 });
  const nowhere = at('nowhere.nii');
  await refused(() => open(row, row), 'subject Anna session before', 'twice');
  await refused(
    () => open({ ...row, images: [nowhere] }),
    'subject Anna session before',
    nowhere,
    'no such file',
  );
  await refused(
    () => open({ ...row, masks: { ...row.masks, B: nowhere }, labels: { 1: 'liver' } }),
    'subject Anna session before B: ',
    nowhere,
    'no such file',
  );
  await refused(() => open({ ...row, bval: nowhere }), 'subject Anna session before', nowhere);
  await refused(() => open({ ...row, labels: nowhere }), 'subject Anna session before A: ', nowhere);
  await refused(
    () => open({ ...row, labels: { 0: 'air' } }),
    'labels of subject Anna session before',
    'no region',
  );
  await refused(() => open({ ...row, masks: {} }), 'subject Anna session before', 'nobody drew');
  writeFileSync(at('plain.nii'), labelMap(labels['A']));
  await refused(() => open({ ...row, masks: { A: at('plain.nii') } }), 'plain.nii', 'give `labels`');
});

test('true maps and means that are not what they should be', async () => {
  const map = (parameter: string) =>
    `derivatives/truth/sub-01/ses-15T/dwi/sub-01_ses-15T_model-ivim_param-${parameter}_dwimap.nii`;
  const values = new Array<number>(voxels).fill(1);
  const one = await opened({ [map('D')]: image(values) });
  await refused(
    () => readTruth(one.sessions[0], Uint32Array.of(0), 0.05),
    'sub-01 ses-15T',
    'no true map of f',
  );
  const other = image([...values, ...values].slice(0, 6), { shape: [3, 2, 1] });
  const odd = await opened({ [map('D')]: other, [map('f')]: other, [map('Dp')]: other });
  await refused(() => readTruth(odd.sessions[0], Uint32Array.of(0), 0.05), 'sub-01 ses-15T', 'another grid');
  const means = (line: string) =>
    readTrueRegionMeans(
      scratch.put(
        'means.tsv',
        `participant_id\tsession_id\tregion\tD\tf\tDp\nsub-01\tses-1\tliver\t${line}\n`,
      ),
    );
  const [row] = await means('0.001\tn/a\t0.02');
  assert.ok(row.D === 0.001 && Number.isNaN(row.f) && row.Dp === 0.02);
  await refused(() => means('0.001\tmuch\t0.02'), 'means.tsv:2', "f is 'much'");
  await refused(() => means('0.001\t0.1'), 'means.tsv:2', "Dp is ''");
});

test('lines of a table without an entry name nobody and nothing', async () => {
  const cohort = await opened({
    'participants.tsv': 'participant_id\tage\nsub-01\t30\nn/a\t\nsub-02\tn/a\n',
    [drawing.replace('.nii', '.tsv')]: 'index\tname\n1\tliver\nn/a\tnothing\n2\tspleen\n',
  });
  assert.equal(texts(cohort), []);
  assert.equal(cohort.regions, ['liver', 'spleen']);
});

test('links to nowhere are named: a table, a folder of images', async () => {
  const folder = written(changed({ 'participants.tsv': null, [file]: null, [bval]: null }));
  symlinkSync('/nowhere', join(folder, 'participants.tsv'));
  const images = join(folder, dirname(file));
  mkdirSync(dirname(images), { recursive: true });
  symlinkSync('/nowhere', images);
  const cohort = await openCohort(bids(folder));
  assert.ok(
    cohort.notes.some((note) => note.includes('participants.tsv is a link to a file that is not there')),
  );
  assert.equal(texts(cohort), [`sub-02 ses-3T: ${images} is a link to a folder that is not there`]);
});

test.run();
