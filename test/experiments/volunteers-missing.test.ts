import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import volunteers from '../../experiments/volunteers.ts';
import type { CellResult } from '../../src/contracts/cell.ts';
import { InputError } from '../../src/contracts/input-error.ts';
import type { Row } from '../../src/contracts/metric.ts';
import missingData from '../../src/tables/missing-data.ts';
import { carryOut, keysOf } from './carry-out.ts';
import { notesOf, rowsOf, scratch, smallDataSet, smallStudy, studyOf } from './small-volunteers.ts';

const test = suite('experiments: volunteers whose data lack something');

const images = (folder: string, subject: string, session: string) =>
  join(folder, subject, `ses-${session}`, 'dwi', `${subject}_ses-${session}_dwi`);
const drawing = (folder: string, subject: string, session: string, reader: string) =>
  join(
    folder,
    `derivatives/readers/${subject}/ses-${session}/dwi/${subject}_ses-${session}_desc-${reader}_dseg.nii.gz`,
  );

/** Changes the bytes of a compressed NIfTI file, header included. */
function edit(file: string, change: (view: DataView, bytes: Uint8Array) => void): void {
  const bytes = new Uint8Array(gunzipSync(readFileSync(file)));
  change(new DataView(bytes.buffer), bytes);
  writeFileSync(file, gzipSync(bytes));
}
const HEADER = 352;
const PANCREAS = 3;

async function analysed(folder: string, more: readonly string[] = []): Promise<Map<string, CellResult>> {
  const dir = join(scratch, `run-${Math.random()}`);
  return carryOut(volunteers, await studyOf(folder, [{ use: 'ls-global', name: 'ls' }], more), dir);
}
async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    assert.instance(error, InputError);
    return (error as Error).message;
  }
  return '';
}
const of = (rows: readonly Row[], metric: string, session: string) =>
  rows.filter((row) => row.metric === metric && row.factors.session === session && row.method === 'ls');

const folder = await smallDataSet();
// A reader who left out the pancreas, a mask that is not there, NaN in an image, a .bval with one value too many, an affine that
// can't be inverted.
edit(drawing(folder, 'sub-01', '15T', 'A'), (_view, bytes) => {
  for (let i = HEADER; i < bytes.length; i++) if (bytes[i] === PANCREAS) bytes[i] = 0;
});
rmSync(drawing(folder, 'sub-02', '15T', 'B'));
edit(`${images(folder, 'sub-03', '15T')}.nii.gz`, (view, bytes) => {
  const voxels = 32 * 24 * 6;
  for (let i = voxels; i < 1.5 * voxels; i++) view.setFloat32(HEADER + 4 * i, NaN, true);
  assert.is(bytes.length, HEADER + 8 * voxels * 4);
});
writeFileSync(`${images(folder, 'sub-01', '3T')}.bval`, '0 10 20 60 150 300 500 1000 1200\n');
edit(`${images(folder, 'sub-02', '3T')}.nii.gz`, (view) => {
  for (let at = 280; at < 328; at += 4) view.setFloat32(at, 0, true);
});

const faults: [string, RegExp][] = [
  ['the pancreas', /sub-01 ses-15T A: pancreas is not drawn \(.*desc-A_dseg\.nii\.gz has no voxel of it\)/],
  ['a mask', /sub-02 ses-15T B: /],
  ['NaN', /sub-03 ses-15T: .*sub-03_ses-15T_dwi\.nii\.gz: .*NaN/],
  ['the .bval', /sub-01 ses-3T: .*sub-01_ses-3T_dwi\.bval has 9 b-values/],
  ['the affine', /sub-02 ses-3T: .*sub-02_ses-3T_dwi\.nii\.gz: its affine is not invertible/],
];
let results: Map<string, CellResult>;
test.before(async () => {
  results = await analysed(folder);
});

test('each is told by subject, session and file, counted, and listed in a table', () => {
  const notes = notesOf(results).filter((note) => note.startsWith('missing: '));
  const rows = rowsOf(results);
  const listed = rows.filter(({ metric }) => metric === 'missing');
  for (const [name, message] of faults) {
    assert.is(notes.filter((note) => message.test(note)).length, 1, `${name}: ${notes.join('\n')}`);
    assert.is(listed.filter(({ factors }) => message.test(String(factors.what))).length, 1, name);
  }
  assert.is(listed.length, notes.length);
  const table = missingData.build(rows, undefined as never)!;
  assert.is(table.lines.length, listed.length);
  const pancreas = table.lines.find(({ values }) => JSON.stringify(values).includes('pancreas'))!;
  assert.is(pancreas.values[0], 'sub-01');
  assert.equal(pancreas.values[1], { raw: 'ses-15T', shown: '1.5 T' });
});

test('the rest of the cohort is analysed', () => {
  const rows = rowsOf(results);
  const sessions = [...results.keys()].filter((id) => id.startsWith('fit ls'));
  assert.equal(
    sessions.sort(),
    ['sub-01 ses-15T', 'sub-02 ses-15T', 'sub-03 ses-15T', 'sub-03 ses-3T'].map((name) => `fit ls ${name}`),
  );
  // Readers of every region of every person in this session.
  const readers = new Map<string, number>();
  for (const { factors } of rows.filter((row) => row.metric === 'roi_voxels')) {
    if (factors.session !== 'ses-15T') continue;
    const target = `${factors.subject} ${factors.region}`;
    readers.set(target, (readers.get(target) ?? 0) + 1);
  }
  const complete = [...readers.values()].filter((count) => count === 2).length;
  assert.is(readers.get('sub-01 pancreas'), 1);
  assert.is(readers.get('sub-02 spleen'), 1);
  const [icc] = of(rows, 'icc2', 'ses-15T');
  assert.is(icc.n, complete);
  assert.ok(Number.isFinite(icc.value));
  const lacking = `${readers.size - complete} of ${readers.size} subject-region pairs lack a reader`;
  assert.match(results.get('agree ls ses-15T')!.notes!.join('; '), lacking);
  const [pancreas] = of(rows, 'cv_percent', 'ses-15T').filter(({ factors }) => factors.region === 'pancreas');
  assert.is(pancreas.n, [...readers.keys()].filter((target) => target.endsWith('pancreas')).length);
  // Where one person is left, nothing can vary.
  assert.equal(of(rows, 'icc2', 'ses-3T'), []);
  assert.equal(of(rows, 'cv_percent', 'ses-3T'), []);
  assert.match(results.get('agree ls ses-3T')!.notes!.join('; '), 'one subject');
});

test('`missing: refuse` stops before any work', async () => {
  const config = await studyOf(folder, [{ use: 'ls' }], ['missing: refuse']);
  assert.match(
    await refusal(keysOf(volunteers, config)),
    /sub-0\d ses-.*`missing: report` analyses the rest/s,
  );
});

test('with one reader people still vary, and nobody agrees', async () => {
  const alone = await analysed(await smallDataSet(), ['expect: { readers: [A] }']);
  const rows = rowsOf(alone);
  assert.equal(of(rows, 'icc2', 'ses-3T'), []);
  assert.is(of(rows, 'cv_percent', 'ses-3T').length, 3 * (1 + 6));
  assert.match(
    alone.get('agree ls ses-3T')!.notes!.join(),
    'regions by 1 reader: no agreement between readers',
  );
});

test('people without a truth are compared with none', async () => {
  const real = await smallDataSet();
  rmSync(join(real, 'derivatives/truth'), { recursive: true });
  const analysis = await analysed(real);
  const rows = rowsOf(analysis);
  assert.not.ok([...analysis.keys()].some((id) => id.includes('truth')));
  assert.not.ok(rows.some(({ metric, method: fitter }) => metric.includes('truth') || fitter === 'truth'));
  assert.is(of(rows, 'icc2', 'ses-3T').length, 3);
});

test('a network for every set of b-values, one table for the session', async () => {
  const mixed = await smallDataSet();
  const bval = `${images(mixed, 'sub-02', '3T')}.bval`;
  writeFileSync(bval, readFileSync(bval, 'utf8').replace('1000', '900'));
  const keys = [...(await keysOf(volunteers, await studyOf(mixed, [{ use: 'dnn' }]))).keys()];
  assert.equal(keys.filter((id) => id.startsWith('prepare')).sort(), [
    'prepare dnn phantom b=0,10,20,60,150,300,500,1000',
    'prepare dnn phantom b=0,10,20,60,150,300,500,900',
    'prepare dnn ses-15T',
    'prepare dnn ses-3T b=0,10,20,60,150,300,500,1000',
    'prepare dnn ses-3T b=0,10,20,60,150,300,500,900',
  ]);
  assert.is(keys.filter((id) => id === 'agree dnn ses-3T').length, 1);
  assert.is(keys.filter((id) => id.startsWith('fit')).length, 6);
});

test('what only voxels show is found before a run too: a lost b=0, NaN inside a region', async () => {
  const damaged = await smallDataSet();
  const voxels = 32 * 24 * 6;
  edit(`${images(damaged, 'sub-03', '15T')}.nii.gz`, (view) => {
    for (let i = 0; i < voxels; i++)
      view.setFloat32(HEADER + 4 * i, 0.3 * view.getFloat32(HEADER + 4 * i, true), true);
  });
  edit(`${images(damaged, 'sub-02', '3T')}.nii.gz`, (view) => {
    for (let i = voxels; i < 2 * voxels; i++) view.setFloat32(HEADER + 4 * i, NaN, true);
  });
  const { notes, leftOut } = await volunteers.remarks!(await studyOf(damaged, [{ use: 'ls' }]));
  assert.match(notes.join('\n'), /sub-03 ses-15T: the signal does not fall from the lowest b-value on/);
  assert.match(leftOut.join('\n'), /sub-02 ses-3T.*NaN/);
});

test('a sample that is not there, a fitter called truth and a missing tissue are refused', async () => {
  const message = async (set: string[], fitters: object[] = [{ use: 'ls' }]) =>
    refusal(smallStudy(fitters, { set }).then((config) => keysOf(volunteers, config)));
  assert.match(
    await message(['sample.subject=sub-3']),
    'sample.subject: found sub-3; allowed: sub-01, sub-02, sub-03',
  );
  assert.match(await message(['sample.session=7T']), 'sample.session: found 7T; allowed: ses-15T, ses-3T');
  assert.match(await message(['sample.slice=6']), 'sample.slice: found 6; allowed: 0 to 5');
  assert.match(await message([], [{ use: 'ls', name: 'truth' }]), 'found a fitter called truth');
  assert.match(await message(['protocol=null'], [{ use: 'ls' }]), 'protocol');
});

test.run();
