import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { openCohort } from '../../src/data/cohort/open-cohort.ts';
import { readSession } from '../../src/data/cohort/read-session.ts';
import { readTruth } from '../../src/data/cohort/read-truth.ts';
import type { FileRow } from '../../src/data/cohort/source.ts';
import { readTrueRegionMeans } from '../../src/data/cohort/true-region-means.ts';
import { refused } from './refused.ts';
import { scratchFolder } from './scratch-folder.ts';
import {
  bids,
  changed,
  complete,
  drawingPath,
  image,
  imagePath,
  labelMap,
  labels,
  opened,
  series,
  texts,
  voxels,
  written,
} from './tiny-cohort.ts';

const test = suite('cohort: files, tables and links');
const scratch = scratchFolder();
const file = imagePath('02', '3T');
const drawing = drawingPath('02', '3T', 'B');
const bval = file.replace('.nii', '.bval');

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
