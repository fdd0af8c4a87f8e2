import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { autoMask } from '../../src/data/auto-mask.ts';
import { takenBValues } from '../../src/data/check-b-values.ts';
import { readCsvRows } from '../../src/data/csv-rows.ts';
import { readMask } from '../../src/data/mask.ts';
import { mostAtBound } from '../../src/data/most-at-bound.ts';
import { readNifti } from '../../src/data/nifti-read.ts';
import { measuredProtocol } from '../../src/data/measured-protocol.ts';
import { signalColumns } from '../../src/data/signal-column-names.ts';
import { disagreeingVolumes } from '../../src/data/volume-agreement.ts';
import { allocateEstimates } from '../../src/contracts/voxels.ts';
import { loadFitter } from '../../src/plugins/discover.ts';
import { biexponential } from '../../src/signal/biexponential.ts';
import { minimalNifti } from './minimal-nifti.ts';
import { refused } from './refused.ts';
import { scratchFolder } from './scratch-folder.ts';

const test = suite('mended-inputs');
const { put } = scratchFolder();

for (const fitter of ['ls-s0', 'varpro', 'grid-refine']) {
  test(`${fitter} is exact without b=0`, async () => {
    for (const lowest of [5, 10, 50]) {
      const bValues = Float64Array.of(lowest, 60, 100, 200, 400, 600, 800);
      const [S0, D, f, Dp] = [900, 0.0011, 0.25, 0.03];
      const signal = (b: number) => biexponential(b, D, f, Dp);
      const values = bValues.map((b) => signal(b) / signal(lowest));
      const { value } = await loadFitter(fitter);
      assert.equal(takenBValues(fitter, value, bValues).bValues, bValues);
      const prepared = await value.prepare({ bValues, seed: 1 }, value.settings!.parse({}));
      const out = allocateEstimates(1);
      await prepared.fit({ bValues, n: 1, values, scale: Float64Array.of(S0 * signal(lowest)) }, out);
      for (const [found, truth] of [
        [out.S0[0], S0],
        [out.D[0], D],
        [out.f[0], f],
        [out.Dp[0], Dp],
      ]) {
        assert.ok(Math.abs(found / truth - 1) < 1e-8, `lowest b ${lowest}: ${found}, not ${truth}`);
      }
    }
  });
}

test('a fitter that needs b=0 warns with the size of the error, or refuses', async () => {
  const { value } = await loadFitter('ls-global');
  const taken = takenBValues('ls-global', value, Float64Array.of(5, 60, 100, 800));
  assert.is(taken.bValues[0], 0);
  assert.match(taken.notes[0], /f about 15 % too low/);
  await refused(
    () => takenBValues('ls-global', value, Float64Array.of(50, 60, 100, 800)),
    'needs b=0',
    '83 %',
  );
});

test('names that programs made unique are repeats', () => {
  const read = (names: string) => signalColumns(names.split(',')).columns.map(({ b }) => b);
  assert.equal(read('b0,b0.1,b10,b1000,b1000.1'), [0, 0, 10, 1000, 1000]);
  assert.equal(read('b0,b0.1,b0.2,b10.5'), [0, 0, 0, 10.5]);
  assert.equal(read('b0,b0.5,b10'), [0, 0.5, 10]);
  assert.equal(read('b0...1,b0...2,b1e3'), [0, 0, 1000]);
  assert.equal(read('b0,b0_duplicated_0,voxel'), [0, 0]);
  // 0 with a rounding error of either sign, and a name that is no b-value.
  assert.equal(read('b-0.0,b-0.0.1,b-1e-9,b10'), [-0, -0, -1e-9, 10]);
  assert.equal(read('b-5,b0'), [0]);
});

test('tables without b=0 are as measured where signals are far above 1, and columns are named', async () => {
  const raw = await readCsvRows(put('raw.csv', 'b5,b20,b100,b800,age\n867,767,603,221,3\n'));
  assert.is(raw.normalised, false);
  assert.ok(raw.notes.some((note) => note === 'columns not read: age'));
  const divided = await readCsvRows(put('divided.csv', 'b5,b20,b100,b800\n0.97,0.9,0.7,0.3\n'));
  assert.is(divided.normalised, true);
  const byLowest = await readCsvRows(put('lowest.csv', 'b10,b20,b100,b800\n1,0.9,0.7,0.3\n1,0.8,0.6,0.2\n'));
  assert.is(byLowest.normalised, false);
  assert.match(byLowest.notes.join(), 'all signals at the lowest b-value, 10, are 1');
  await refused(() => readCsvRows(put('comma.csv', 'b0;b100\n1,0;0,5\n')), 'decimal comma', '1.0');
});

const grid = { datatype: 16, shape: [3, 2, 2], sformCode: 1, values: new Array<number>(12).fill(5) };
const scanSpace = [-2, 0, 0, 50, 0, 2, 0, -40, 0, 0, 3, -10];

test('masks are reordered, or refused, or taken as they come where the user says so', async () => {
  const scan = await readNifti(put('scan.nii', minimalNifti({ ...grid, sform: scanSpace })));
  const mask = async (sform: number[], values: number[]) =>
    readNifti(put('mask.nii', minimalNifti({ ...grid, values, sform })));
  const values = [1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 1];
  const inside = (one: ReturnType<typeof readMask>) => Array.from(one.inside);
  const same = await mask(scanSpace, values);
  assert.equal(inside(readMask(same, scan)), values);
  // The same place with x running the other way: from 50 - 4 = 46 mm up.
  const flipped = await mask([2, 0, 0, 46, 0, 2, 0, -40, 0, 0, 3, -10], values);
  assert.equal(inside(readMask(flipped, scan)), [0, 0, 1, 0, 1, 1, 0, 0, 0, 1, 0, 0]);
  const elsewhere = await mask([-2, 0, 0, 104, 0, 2, 0, -40, 0, 0, 3, -10], values);
  await refused(async () => readMask(elsewhere, scan), 'another grid', '54 mm', '--ignore-space');
  assert.equal(inside(readMask(elsewhere, scan, true)), values);
});

test('masks with a strange zero or many values get a note', async () => {
  const scan = await readNifti(put('scan.nii', minimalNifti({ ...grid, sform: scanSpace })));
  const notes = async (values: number[]) => {
    const mask = await readNifti(put('odd.nii', minimalNifti({ ...grid, values, sform: scanSpace })));
    return readMask(mask, scan).notes.join();
  };
  const with0 = (zero: number) => Array.from({ length: 12 }, (_, i) => (i < 4 ? 1 : zero));
  assert.is(await notes(with0(0)), '');
  assert.match(await notes(with0(1e-7)), 'holds 1e-7 for 0; it counts as 0');
  assert.match(await notes(with0(-1)), /0 nowhere/);
  assert.match(await notes(with0(0.01)), 'lowest value is 0.01)');
  assert.match(await notes(with0(NaN)), 'holds NaN, which counts as 0');
  assert.match(await notes([0, 1, 2, 3, 0, 0, 0, 0, 0, 0, 0, 0]), /the values 0, 1, 2, 3/);
});

test('an automatic mask is the largest bright part', () => {
  const image = new Float64Array(6 * 5).fill(3);
  for (const i of [7, 8, 13, 14]) image[i] = 900 + i;
  image[29] = 950;
  const inside = autoMask(image, [6, 5, 1]);
  assert.equal(
    [...inside.keys()].filter((i) => inside[i] > 0),
    [7, 8, 13, 14],
  );
});

test('a lost volume is named, noise is not', () => {
  const protocol = measuredProtocol(Float64Array.of(0, 0, 0, 500, 1000), false, 'x');
  const rows = (third: number) =>
    Float64Array.from({ length: 50 }, (_, i) => [900, 930, third, 500, 300][i % 5]);
  assert.equal(disagreeingVolumes(rows(880), protocol), []);
  assert.match(disagreeingVolumes(rows(0), protocol).join(), /volume 3 \(median 0\), the others/);
});

test('signals that rise with b are remarked upon, noise and motion are not', () => {
  const scheme = Float64Array.of(0, 10, 200, 800);
  const protocol = measuredProtocol(scheme, false, 'x');
  const said = (...levels: number[]) =>
    disagreeingVolumes(
      Float64Array.from({ length: 40 }, (_, i) => levels[i % 4]),
      protocol,
    ).join();
  assert.is(said(900, 950, 600, 300), '');
  assert.match(
    said(300, 600, 850, 900),
    'its median is 300 at b=0 and 900 at b=800; are volumes and b-values in',
  );
  assert.match(said(0.01, 823, 600, 300), '0.01 at b=0 and 823 at b=10');
  const reversed = measuredProtocol(scheme.slice().reverse(), false, 'x');
  assert.match(disagreeingVolumes(Float64Array.of(900, 800, 500, 300), reversed).join(), '300 at b=0');
});

test('most voxels at a bound are remarked upon', () => {
  assert.equal(mostAtBound(50, 100), []);
  assert.match(mostAtBound(51, 100).join(), /51 of 100/);
});

test.run();
