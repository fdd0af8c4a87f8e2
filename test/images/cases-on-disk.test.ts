import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { encodeNifti, spaceOf } from '../../src/data/nifti-write.ts';
import { LiverSettings } from '../../src/images/livers/settings.ts';
import { LiverSimulator } from '../../src/images/livers/simulate.ts';
import { virtualCases, writeCases } from '../../src/images/livers/write-cases.ts';
import { MODALITIES } from '../../src/images/modality.ts';
import { normalise } from '../../src/images/normalise.ts';
import { gridOfCases, listCases, readCase } from '../../src/images/read-cases.ts';
import { invert, resample } from '../../src/images/resample.ts';
import { gridOf, placeOf, type Volume } from '../../src/images/volume.ts';
import { refused } from '../data/refused.ts';
import { scratchFolder } from '../data/scratch-folder.ts';

const test = suite('images: cases on disk');
const { path } = scratchFolder();

const settings = LiverSettings.parse({ seed: 4, image: { shape: [12, 10, 8], voxel: [20, 20, 16] } });
const options = { cases: 6, from: 10, modalities: MODALITIES };
const whole = path('whole');
await writeCases(whole, settings, options);

let copies = 0;
/** A copy of the data set, to be damaged. */
function damaged(change: (folder: string) => void): string {
  const folder = path(`copy-${++copies}`);
  cpSync(whole, folder, { recursive: true });
  change(folder);
  return folder;
}
const image = (folder: string, subject: string, modality: string) =>
  join(folder, subject, modality === 'adc' ? 'dwi' : 'anat', `${subject}_${modality}.nii.gz`);
const withTable = (text: string): string =>
  damaged((folder) => writeFileSync(join(folder, 'participants.tsv'), text));

test('cases are read as they were simulated, on the same grid and normalised', async () => {
  const list = await listCases(whole, 'stage', MODALITIES);
  assert.equal(list.cases, virtualCases(settings, 6, 10));
  assert.equal(list.leftOut, []);
  const grid = await gridOfCases(list, MODALITIES);
  const simulator = new LiverSimulator(settings);
  for (const [i, { subject, stage }] of list.cases.entries()) {
    const { volumes, stage: drawn } = simulator.simulate(10 + i);
    assert.is(stage, drawn);
    const read = await readCase(list, subject, MODALITIES, grid);
    MODALITIES.forEach((modality, m) => {
      const { values } = volumes[modality];
      normalise(values, modality, subject);
      assert.equal(read[m], values, `${subject} ${modality}`);
    });
  }
});

test('a volume of another shape and orientation is brought to the grid of the others', async () => {
  const list = await listCases(whole, 'stage', MODALITIES);
  const grid = await gridOfCases(list, MODALITIES);
  const [expected] = await readCase(list, 'sub-002', ['T1w'], grid);
  // The same image with its first axis the other way round, and a plane more at either end of the third.
  const simulator = new LiverSimulator(settings);
  const { T1w } = simulator.simulate(11).volumes;
  const [nx, ny, nz] = T1w.shape;
  const other = new Float32Array(nx * ny * (nz + 2));
  for (let k = 0; k < nz; k++)
    for (let j = 0; j < ny; j++)
      for (let i = 0; i < nx; i++)
        other[nx - 1 - i + nx * (j + ny * (k + 1))] = T1w.values[i + nx * (j + ny * k)];
  const affine = T1w.affine.map((row) => [-row[0], row[1], row[2], row[3] + (nx - 1) * row[0] - row[2]]);
  const folder = damaged((copy) =>
    writeFileSync(
      image(copy, 'sub-002', 'T1w'),
      encodeNifti(spaceOf(affine), { data: other, shape: [nx, ny, nz + 2], name: 'T1w', description: '' }),
    ),
  );
  const [found] = await readCase({ folder }, 'sub-002', ['T1w'], grid);
  found.forEach((value, i) =>
    assert.ok(Math.abs(value - expected[i]) < 1e-4, `${i}: ${value}, not ${expected[i]}`),
  );
});

test('interpolation is exact for what is linear, the edge for half a voxel, then 0', () => {
  const from = gridOf(
    [4, 5, 6],
    [
      [2, 0, 0, 1],
      [0, 0, 3, -2],
      [0, 1.5, 0, 7],
    ],
  );
  const linear = (x: number, y: number, z: number) => 3 + 0.5 * x - 0.25 * y + z;
  const values = new Float32Array(120);
  for (let k = 0; k < 6; k++)
    for (let j = 0; j < 5; j++)
      for (let i = 0; i < 4; i++) values[i + 4 * (j + 5 * k)] = linear(...placeOf(from, [i, j, k]));
  const to = gridOf(
    [3, 3, 3],
    [
      [1.2, 0, 0, 2],
      [0, 2, 0, 0],
      [0, 0, 1, 8],
    ],
  );
  const { values: found } = resample({ ...from, values }, to);
  for (let k = 0; k < 3; k++)
    for (let j = 0; j < 3; j++)
      for (let i = 0; i < 3; i++) {
        const expected = linear(...placeOf(to, [i, j, k]));
        assert.ok(Math.abs(found[i + 3 * (j + 3 * k)] - expected) < 1e-5);
      }
  const line = (at: number): number => {
    const one: Volume = {
      ...gridOf(
        [2, 1, 1],
        [
          [1, 0, 0, 0],
          [0, 1, 0, 0],
          [0, 0, 1, 0],
        ],
      ),
      values: Float32Array.of(5, 9),
    };
    return resample(
      one,
      gridOf(
        [1, 1, 1],
        [
          [1, 0, 0, at],
          [0, 1, 0, 0],
          [0, 0, 1, 0],
        ],
      ),
    ).values[0];
  };
  assert.equal([-0.51, -0.49, 0.25, 1.49, 1.51].map(line), [0, 5, 6, 9, 0]);
  const there = invert(invert(from.affine));
  from.affine.forEach((row, r) =>
    row.forEach((value, c) => assert.ok(Math.abs(there[r][c] - value) < 1e-12)),
  );
});

test('the stage is a number from 0 to 4', async () => {
  for (const stage of ['5', '-1', '2.5', 'n/a', '', 'F2']) {
    const folder = withTable(`participant_id\tstage\nsub-001\t1\nsub-002\t${stage}\n`);
    await refused(
      () => listCases(folder, 'stage', MODALITIES),
      `participants.tsv:3: stage of sub-002 is ${stage || 'empty'}; allowed: a stage from 0 to 4`,
    );
  }
});

test('odd tables are refused, naming line and case', async () => {
  await refused(
    () => listCases(withTable('participant_id\tfibrosis\nsub-001\t1\n'), 'stage', MODALITIES),
    'has no column stage; found: participant_id, fibrosis',
  );
  await refused(
    () => listCases(withTable('participant_id\tstage\nsub-001\t1\nsub-001\t2\n'), 'stage', MODALITIES),
    'participants.tsv:3: sub-001 occurs in line 2 already',
  );
  await refused(
    () => listCases(withTable('participant_id\tstage\n../sub-001\t1\n'), 'stage', MODALITIES),
    'participant_id is ../sub-001; allowed: sub- and letters or digits',
  );
  await refused(() => listCases(path('nowhere'), 'stage', MODALITIES), 'participants.tsv');
});

test('a case without one of its images is left out and named; without any complete case it is an error', async () => {
  const folder = damaged((copy) => rmSync(image(copy, 'sub-003', 'adc')));
  const { cases, leftOut } = await listCases(folder, 'stage', MODALITIES);
  assert.is(cases.length, 5);
  assert.equal(leftOut, ['sub-003: no adc']);
  assert.is((await listCases(folder, 'stage', ['T1w'])).cases.length, 6);
  const empty = withTable('participant_id\tstage\nsub-100\t1\n');
  await refused(
    () => listCases(empty, 'stage', MODALITIES),
    'no case is complete, as in sub-100: no T1w, no T2w, no adc',
  );
});

test('an image that can’t be used is refused, naming the file', async () => {
  const list = await listCases(whole, 'stage', MODALITIES);
  const grid = await gridOfCases(list, MODALITIES);
  const of = (data: Float32Array, shape: number[]) =>
    damaged((copy) => {
      mkdirSync(join(copy, 'sub-001'), { recursive: true });
      const map = { data, shape, name: 'T1w', description: '' };
      writeFileSync(image(copy, 'sub-001', 'T1w'), encodeNifti(spaceOf(grid.affine), map));
    });
  const values = () => new Float32Array(960).fill(1);
  const bad = values();
  bad[1 + 12 * (2 + 10 * 3)] = NaN;
  const read = (folder: string) => () => readCase({ folder }, 'sub-001', ['T1w'], grid);
  await refused(
    read(of(bad, [12, 10, 8])),
    'sub-001_T1w.nii.gz: voxel (1, 2, 3) is NaN; allowed: finite numbers',
  );
  await refused(read(of(new Float32Array(1920).fill(1), [12, 10, 8, 2])), 'holds 2 volumes; allowed: one');
  await refused(read(of(new Float32Array(960), [12, 10, 8])), 'holds no value above 0');
  const cut = damaged((copy) => {
    const file = image(copy, 'sub-001', 'T1w');
    writeFileSync(file, readFileSync(file).subarray(0, 300));
  });
  await refused(read(cut), 'sub-001_T1w.nii.gz');
});

test.run();
