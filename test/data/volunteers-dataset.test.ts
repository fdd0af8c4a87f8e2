import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { allocateEstimates, PARAMETERS } from '../../src/contracts/voxels.ts';
import { openCohort } from '../../src/data/cohort/open-cohort.ts';
import { readSession } from '../../src/data/cohort/read-session.ts';
import { readTruth } from '../../src/data/cohort/read-truth.ts';
import type { CohortSource } from '../../src/data/cohort/source.ts';
import { readTrueRegionMeans } from '../../src/data/cohort/true-region-means.ts';
import { readNifti } from '../../src/data/nifti-read.ts';
import { drawAnatomy } from '../../src/data/volunteers/anatomy.ts';
import type { VolunteersSettings } from '../../src/data/volunteers/settings.ts';
import { simulateScan } from '../../src/data/volunteers/simulate-scan.ts';
import { writeVolunteers } from '../../src/data/volunteers/write-volunteers.ts';
import { loadFitter } from '../../src/plugins/discover.ts';
import { refused } from './refused.ts';
import { scratchFolder } from './scratch-folder.ts';
import { bValues, shippedSettings, smallSettings } from './volunteers-settings.ts';

const test = suite('volunteers-dataset');
const { path } = scratchFolder();

const bids = (folder: string): CohortSource => ({
  from: { bids: { folder, readers: 'derivatives/readers', truth: 'derivatives/truth', series: [] } },
  missing: 'refuse',
  gridTolerance: 0.05,
});

test('the files have the names that BIDS gives them', async () => {
  const folder = path('names');
  const said: string[] = [];
  const files = await writeVolunteers(folder, await smallSettings(), {
    title: 'Nobody',
    onProgress: (done, message) => said.push(`${done} ${message}`),
  });
  const found = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  assert.equal([...files].sort(), found.sort());
  assert.equal(said, [
    '0.25 simulating sub-01 ses-15T',
    '0.5 simulating sub-01 ses-3T',
    '0.75 simulating sub-02 ses-15T',
    '1 simulating sub-02 ses-3T',
  ]);
  const within = found.map((file) => file.slice(folder.length + 1));
  assert.equal(
    within.filter((file) => !file.includes('sub-02') && !file.includes('ses-3T')),
    [
      'README',
      'code/settings.json',
      'dataset_description.json',
      'derivatives/readers/dataset_description.json',
      'derivatives/readers/sub-01/ses-15T/dwi/sub-01_ses-15T_desc-reader1_dseg.nii.gz',
      'derivatives/readers/sub-01/ses-15T/dwi/sub-01_ses-15T_desc-reader1_dseg.tsv',
      'derivatives/readers/sub-01/ses-15T/dwi/sub-01_ses-15T_desc-reader2_dseg.nii.gz',
      'derivatives/readers/sub-01/ses-15T/dwi/sub-01_ses-15T_desc-reader2_dseg.tsv',
      'derivatives/truth/.bidsignore',
      'derivatives/truth/dataset_description.json',
      'derivatives/truth/region_means.tsv',
      'derivatives/truth/sub-01/ses-15T/dwi/sub-01_ses-15T_desc-truth_dseg.nii.gz',
      'derivatives/truth/sub-01/ses-15T/dwi/sub-01_ses-15T_desc-truth_dseg.tsv',
      'derivatives/truth/sub-01/ses-15T/dwi/sub-01_ses-15T_model-ivim_param-D_dwimap.nii.gz',
      'derivatives/truth/sub-01/ses-15T/dwi/sub-01_ses-15T_model-ivim_param-Dp_dwimap.nii.gz',
      'derivatives/truth/sub-01/ses-15T/dwi/sub-01_ses-15T_model-ivim_param-S0_dwimap.nii.gz',
      'derivatives/truth/sub-01/ses-15T/dwi/sub-01_ses-15T_model-ivim_param-f_dwimap.nii.gz',
      'participants.tsv',

      'sub-01/ses-15T/dwi/sub-01_ses-15T_dwi.bval',
      'sub-01/ses-15T/dwi/sub-01_ses-15T_dwi.bvec',
      'sub-01/ses-15T/dwi/sub-01_ses-15T_dwi.json',
      'sub-01/ses-15T/dwi/sub-01_ses-15T_dwi.nii.gz',
    ],
  );
  const text = (name: string) => readFileSync(join(folder, name), 'utf8');
  assert.is(text('participants.tsv'), 'participant_id\nsub-01\nsub-02\n');
  const stem = 'sub-01/ses-15T/dwi/sub-01_ses-15T_dwi';
  assert.is(text(`${stem}.bval`), '0 10 20 60 150 300 500 1000\n');
  const rows = text(`${stem}.bvec`)
    .trim()
    .split('\n')
    .map((row) => row.split(' ').map(Number));
  assert.equal(
    bValues.map((_, k) => Math.hypot(rows[0][k], rows[1][k], rows[2][k])),
    [0, 1, 1, 1, 1, 1, 1, 1],
  );
  const sidecar = JSON.parse(text(`${stem}.json`)) as Record<string, unknown>;
  assert.is(sidecar['MagneticFieldStrength'], 1.5);
  assert.is(sidecar['EchoTime'], 0.06);
  assert.is(sidecar['RepetitionTime'], 2.5);
  const table = text('derivatives/readers/sub-01/ses-15T/dwi/sub-01_ses-15T_desc-reader1_dseg.tsv');
  assert.match(table, /^index\tname\n1\tleft_liver\n2\tright_liver\n(.*\n){3}6\trenal_medulla\n$/);
  for (const [file, type] of [
    ['dataset_description.json', 'raw'],
    ['derivatives/readers/dataset_description.json', 'derivative'],
  ]) {
    const description = JSON.parse(text(file)) as Record<string, unknown>;
    assert.is(description['DatasetType'], type);
    assert.match(String(description['Name']), /Nobody/);
    assert.ok(Array.isArray(description['GeneratedBy']));
  }
});

test('what is read back is what was simulated, each voxel in its place', async () => {
  const settings = await smallSettings();
  const folder = path('back');
  await writeVolunteers(folder, settings);
  const cohort = await openCohort(bids(folder));
  assert.equal(cohort.subjects, ['sub-01', 'sub-02']);
  assert.equal(cohort.sessionNames, ['ses-15T', 'ses-3T']);
  assert.equal(cohort.readers, ['reader1', 'reader2']);
  assert.equal(cohort.regions, Object.keys(settings.organs.regions));
  assert.equal(cohort.missing, []);
  const session = cohort.sessions.find(({ name }) => name === 'sub-02 ses-3T')!;
  assert.is(session.field, 3);
  const { voxels: read } = await readSession(cohort, session);
  const scan = simulateScan(settings, drawAnatomy(settings, 2), 2, '3T');
  const n = scan.organs.length;
  const { signals, voxels, drawn, b0 } = read!;
  assert.equal(signals.bValues, Float64Array.from(bValues));
  assert.is(signals.n, voxels.length);
  const union = new Set<number>();
  for (const labels of scan.drawings.values())
    labels.forEach((label, voxel) => {
      if (label > 0) union.add(voxel);
    });
  assert.equal(
    [...voxels],
    [...union].sort((a, b) => a - b),
  );
  for (let i = 0; i < signals.n; i++) {
    assert.is(signals.scale[i], scan.series[voxels[i]]);
    for (let k = 0; k < 8; k++) {
      const expected = scan.series[k * n + voxels[i]] / scan.series[voxels[i]];
      assert.ok(Math.abs(signals.values[i * 8 + k] - expected) < 1e-12);
    }
    assert.ok(Math.abs(signals.sigma![i] * signals.scale[i] - scan.sigma) < 1e-9);
  }
  for (const { reader, region, rows } of drawn) {
    const index = Object.keys(settings.organs.regions).indexOf(region) + 1;
    const inside = [...scan.drawings.get(reader)!.keys()].filter(
      (voxel) => scan.drawings.get(reader)![voxel] === index,
    );
    assert.equal(
      [...rows].map((row) => voxels[row]),
      inside,
    );
  }
  assert.is(drawn.length, 12);
  assert.equal(b0, scan.series.slice(0, n));
  const truth = (await readTruth(session, voxels, 0.05))!;
  for (let i = 0; i < voxels.length; i++) {
    assert.ok(Math.abs(truth.Dp[i] / scan.truth.Dp[voxels[i]] - 1) < 1e-7);
  }
});

test('the image lies in space as the simulation put it', async () => {
  const settings = await smallSettings();
  const folder = path('space');
  await writeVolunteers(folder, { ...settings, subjects: 1 });
  const { header } = await readNifti(join(folder, 'sub-01/ses-3T/dwi/sub-01_ses-3T_dwi.nii.gz'));
  const { space } = simulateScan(settings, drawAnatomy(settings, 1), 1, '3T');
  for (let row = 0; row < 3; row++) {
    for (let axis = 0; axis < 3; axis++) {
      assert.ok(Math.abs(header.affine[row][axis] - space.columns[axis][row]) < 1e-5);
    }
    assert.ok(Math.abs(header.affine[row][3] - space.origin[row]) < 1e-4);
  }
  assert.ok(Math.abs(header.affine[0][1]) > 0.01, 'oblique');
  // The quaternion says the same: read without the rows of the sform.
  const bytes = header.bytes.slice();
  new DataView(bytes.buffer).setInt16(254, 0, true);
  const { parseNiftiHeader } = await import('../../src/data/nifti-header.ts');
  const quaternion = parseNiftiHeader(bytes, 'q').affine;
  quaternion.slice(0, 3).forEach((line, row) =>
    line.forEach((value, column) => {
      assert.ok(Math.abs(value - header.affine[row][column]) < 0.01, `${value} at ${row}, ${column}`);
    }),
  );
});

test('least squares without noise give the true means of every region to 1e-6', async () => {
  const settings: VolunteersSettings = {
    ...(await shippedSettings()),
    noise: false,
    subvoxels: 1,
    subjects: 1,
  };
  const exact = { shift: 0, size: { mean: 1, sd: 0 }, waver: 0, waves: 3 };
  const folder = path('exact');
  await writeVolunteers(folder, { ...settings, readers: { exact } });
  const cohort = await openCohort(bids(folder));
  const means = await readTrueRegionMeans(join(folder, 'derivatives/truth/region_means.tsv'));
  assert.is(means.length, 12);
  const { value: fitter } = await loadFitter('ls-global');
  for (const session of cohort.sessions) {
    const { signals, drawn, voxels } = (await readSession(cohort, session)).voxels!;
    const truth = (await readTruth(session, voxels, 0.05))!;
    const estimates = allocateEstimates(signals.n);
    const ready = await fitter.prepare({ bValues: signals.bValues, seed: 1 }, fitter.settings?.parse({}));
    await ready.fit(signals, estimates);
    for (const { region, rows } of drawn) {
      const row = means.find(
        (each) =>
          each.region === region && each.subject === session.subject && each.session === session.session,
      )!;
      for (const parameter of PARAMETERS) {
        const mean = (values: Float64Array) => rows.reduce((sum, i) => sum + values[i], 0) / rows.length;
        const estimated = mean(estimates[parameter]);
        assert.ok(Math.abs(estimated / row[parameter] - 1) < 1e-6, `${session.name} ${region} ${parameter}`);
        assert.ok(Math.abs(mean(truth[parameter]) / row[parameter] - 1) < 1e-6);
      }
    }
  }
});

test('a data set is written whole and never into another one', async () => {
  const settings = { ...(await smallSettings()), subjects: 1 };
  mkdirSync(path('used'));
  writeFileSync(path('used/notes.txt'), 'mine');
  await refused(() => writeVolunteers(path('used'), settings), 'used', 'notes.txt', 'empty folder');
  assert.equal(readdirSync(path('used')), ['notes.txt']);
  await refused(() => writeVolunteers(path('used/notes.txt'), settings), 'notes.txt', 'it is a file');
  await refused(() => writeVolunteers(path('used/notes.txt/set'), settings), 'cannot write to', 'a file');
  mkdirSync(path('empty'));
  await writeVolunteers(path('empty'), settings);
  assert.ok(existsSync(path('empty/participants.tsv')));
  const stop = () => {
    throw new Error('stopped');
  };
  try {
    await writeVolunteers(path('stopped'), settings, { onProgress: stop });
    assert.unreachable();
  } catch (error) {
    assert.is((error as Error).message, 'stopped');
  }
  assert.not(existsSync(path('stopped')));
  assert.equal(
    readdirSync(path('.')).filter((name) => name.endsWith('.partial')),
    [],
  );
});

test('the same settings write the same bytes', async () => {
  const settings = { ...(await smallSettings()), subjects: 1 };
  const first = await writeVolunteers(path('first'), settings);
  const second = await writeVolunteers(path('second'), { ...settings, subjects: 2 });
  const contents = (file: string) => readFileSync(file);
  const pairs = first.filter((file) => file.includes('sub-01'));
  assert.ok(pairs.length > 20);
  for (const file of pairs) {
    const twin = file.replace(path('first'), path('second'));
    assert.ok(second.includes(twin));
    assert.ok(contents(file).equals(contents(twin)), file);
  }
});

test.run();
