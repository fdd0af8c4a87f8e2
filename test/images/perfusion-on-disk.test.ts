import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readNifti } from '../../src/data/nifti-read.ts';
import { encodeNifti, spaceOf } from '../../src/data/nifti-write.ts';
import { anatomyFile, readAnatomy } from '../../src/images/brains/anatomy.ts';
import { BrainSettings } from '../../src/images/brains/settings.ts';
import { BrainSimulator } from '../../src/images/brains/simulate.ts';
import { divideByMedian } from '../../src/images/normalise.ts';
import { listSubjects } from '../../src/images/perfusion/list-subjects.ts';
import { readSubject } from '../../src/images/perfusion/read-subject.ts';
import { writeSubjects, type WrittenSubject } from '../../src/images/perfusion/write-subjects.ts';
import { refused } from '../data/refused.ts';
import { scratchFolder } from '../data/scratch-folder.ts';

const test = suite('images: perfusion on disk');
const { path } = scratchFolder();

const size = 16;
const settings = BrainSettings.parse({ seed: 3, image: { size, pixel: 12, slices: 2, gap: 20 } });
const simulator = new BrainSimulator(await readAnatomy((await anatomyFile('icbm152')).file), settings);
const sets = ['training', 'training', 'validation', 'test', 'test'] as const;
const written = sets.map((set, number): WrittenSubject => ({ set, number, lesions: 'none', simulator }));
const whole = path('whole');
const weighted = ['PDw', 'T2w'] as const;
const wanted = { weighted, repetitions: 7 };
await writeSubjects(whole, written, { title: 'Test', ...wanted });

let copies = 0;
/** A copy of the data set, to be damaged. */
function damaged(change: (folder: string) => void): string {
  const folder = path(`copy-${++copies}`);
  cpSync(whole, folder, { recursive: true });
  change(folder);
  return folder;
}
const file = (folder: string, name: string): string =>
  join(folder, 'sub-002', name.replaceAll('*', 'sub-002'));
const overwritten = (name: string, shape: number[], affine: readonly (readonly number[])[], value: number) =>
  damaged((folder) => {
    const data = new Float32Array(shape.reduce((product, each) => product * each, 1)).fill(1);
    data[5] = value;
    writeFileSync(
      file(folder, name),
      encodeNifti(spaceOf(affine), { data, shape, name: '', description: '' }),
    );
  });
const { affine } = simulator.grid;

test('subjects are read as they were simulated, and their sets as the table has them', async () => {
  const { subjects, notes } = await listSubjects(whole, wanted);
  assert.equal(
    subjects.map(({ set }) => set),
    [...sets],
  );
  assert.equal(notes, []);
  for (const [number, { subject }] of subjects.entries()) {
    const read = await readSubject(whole, subject, wanted);
    const { truth, brain, PDw, T2w } = simulator.simulate(number, 'none');
    assert.equal(read.shape, [2, size, size]);
    assert.is(read.pixel, 12);
    read.repetitions.forEach((one, i) => assert.equal(one, simulator.repetition(number, i + 1, truth)));
    for (const [name, image] of [
      ['PDw', PDw],
      ['T2w', T2w],
    ] as const) {
      divideByMedian(image, name);
      assert.equal(read.weighted.get(name), image);
    }
    assert.equal(
      read.brain,
      brain.map((share) => Number(share > 0.5)),
    );
    // Some 200 voxels with 6 degrees of freedom each: the standard error of a standard deviation is sigma / sqrt(2 x 1200) = 2 %.
    assert.ok(Math.abs(read.sigma / settings.noise.perfusion - 1) < 0.1, `${read.sigma}`);
  }
});

test('axes that run to the left or to the back are turned round, and slices padded to squares', async () => {
  const folder = damaged((copy) => {
    for (const name of ['perf/*_asl', 'perf/*_desc-brain_mask', 'anat/*_PDw', 'anat/*_T2w']) {
      // 12 x 10 pixels of the first 2 slices, the first axis the other way round.
      const volumes = name.endsWith('asl') ? 7 : 1;
      const data = Float32Array.from({ length: volumes * 2 * 120 }, (_, i) => 1 + (i % 120));
      const turned = affine.map((row) => [-row[0], row[1], row[2], row[3]]);
      const shape = volumes === 1 ? [12, 10, 2] : [12, 10, 2, volumes];
      writeFileSync(
        file(copy, `${name}.nii.gz`),
        encodeNifti(spaceOf(turned), { data, shape, name: '', description: '' }),
      );
    }
  });
  const {
    shape,
    repetitions: [one],
  } = await readSubject(folder, 'sub-002', wanted);
  assert.equal(shape, [2, 16, 16]);
  // Two columns and three lines of zeros around; the first value of a line comes last.
  const line = [...one.subarray(3 * 16, 4 * 16)];
  assert.equal(line, [0, 0, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 0]);
  assert.ok(one.subarray(0, 48).every((value) => value === 0));
  await refused(
    () => listSubjects(folder, wanted),
    /sub-002_asl\.nii\.gz has 12 x 10 x 2 voxels; allowed: 16 x 16 x 2, as .*sub-001_asl/,
  );
});

test('what is missing, on another grid, too short or not finite is refused, with the name of the file', async () => {
  for (const [name, message] of [
    ['perf/*_asl.nii.gz', /sub-002_asl\.nii\.gz is missing; allowed: the repetitions of every subject/],
    [
      'perf/*_desc-brain_mask.nii.gz',
      /sub-002_desc-brain_mask\.nii\.gz is missing; allowed: a mask of the brain/,
    ],
    [
      'anat/*_T2w.nii.gz',
      /sub-002_T2w\.nii\.gz is missing; allowed: every image of `weighted` \(PDw, T2w, of PDw, T2w, T1w, FLAIR\)/,
    ],
  ] as const) {
    const folder = damaged((copy) => rmSync(file(copy, name)));
    await refused(() => listSubjects(folder, wanted), message);
  }
  const moved = affine.map((row, axis) => [...row.slice(0, 3), row[3] + (axis === 1 ? 30 : 0)]);
  for (const [folder, message] of [
    [
      overwritten('anat/*_PDw.nii.gz', [16, 15, 2], affine, 1),
      /sub-002_PDw\.nii\.gz is on another grid than .*sub-002_asl\.nii\.gz: 16 x 15 x 2 voxels, not 16 x 16 x 2/,
    ],
    [overwritten('anat/*_PDw.nii.gz', [16, 16, 2], moved, 1), /another grid than .*: up to 30 mm apart/],
    [
      overwritten('anat/*_PDw.nii.gz', [16, 16, 2, 2], affine, 1),
      /sub-002_PDw\.nii\.gz holds 2 volumes; allowed: one/,
    ],
    [
      overwritten('perf/*_asl.nii.gz', [16, 16, 2, 6], affine, 1),
      /sub-002_asl\.nii\.gz holds 6 repetitions; allowed: at least 7/,
    ],
  ] as const) {
    await refused(() => listSubjects(folder, wanted), message);
  }
  const nan = overwritten('perf/*_asl.nii.gz', [16, 16, 2, 7], affine, NaN);
  await listSubjects(nan, wanted);
  await refused(
    () => readSubject(nan, 'sub-002', wanted),
    /sub-002_asl\.nii\.gz: voxel \(5, 0, 0\) of volume 0 is NaN; allowed: finite/,
  );
  const empty = damaged((folder) =>
    writeFileSync(
      file(folder, 'perf/*_desc-brain_mask.nii.gz'),
      encodeNifti(spaceOf(affine), {
        data: new Uint8Array(512),
        shape: [16, 16, 2],
        name: '',
        description: '',
      }),
    ),
  );
  await refused(() => readSubject(empty, 'sub-002', wanted), /desc-brain_mask\.nii\.gz is empty/);
});

test('a table with an odd line, or volumes that are no perfusion images, are refused', async () => {
  const table = (text: string) => damaged((folder) => writeFileSync(join(folder, 'participants.tsv'), text));
  for (const [text, message] of [
    ['participant_id\nsub-001\nsub-001\n', /participants\.tsv:3: sub-001 occurs in line 2/],
    ['participant_id\n../x\n', /participants\.tsv:2: participant_id is \.\.\/x; allowed: sub- and/],
    [
      'participant_id\tset\nsub-001\ttrain\n',
      /set of sub-001 is train; allowed: training, validation, test, other/,
    ],
    ['participant_id\n', /lists no subject/],
    ['name\nx\n', /has no column participant_id/],
  ] as const) {
    const folder = table(text);
    await refused(() => listSubjects(folder, wanted), message);
  }
  const raw = damaged((folder) => {
    const context = file(folder, 'perf/*_aslcontext.tsv');
    writeFileSync(context, readFileSync(context, 'utf8').replace('cbf', 'control'));
  });
  await refused(
    () => listSubjects(raw, wanted),
    /aslcontext\.tsv:2: found a volume that is control; allowed: cbf or deltam/,
  );
  const more = await listSubjects(whole, { weighted: [], repetitions: 6 });
  assert.match(more.notes[0], '5 of 5 series have more than 6 repetitions');
});

test('the truth lies beside, and nothing needs it', async () => {
  const { data } = await readNifti(
    join(whole, 'derivatives/truth/sub-001/perf/sub-001_desc-truth_cbf.nii.gz'),
  );
  assert.equal(Float32Array.from(data), simulator.simulate(0, 'none').truth);
  const folder = damaged((copy) => rmSync(join(copy, 'derivatives'), { recursive: true }));
  assert.is((await listSubjects(folder, wanted)).subjects.length, 5);
});

test.run();
