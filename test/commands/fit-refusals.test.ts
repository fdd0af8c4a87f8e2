import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fit, type FitOptions } from '../../src/commands/fit.ts';
import { formatNpyHeader } from '../../src/data/npy-header.ts';
import { minimalNifti } from '../data/minimal-nifti.ts';
import { refused } from '../data/refused.ts';
import { scratchFolder } from '../data/scratch-folder.ts';

const test = suite('fit-refusals');
const { path, put } = scratchFolder();
const fitter = fileURLToPath(new URL('../fitting/slope-fitter.ts', import.meta.url));
const bval = put('four.bval', '0 50 400 1000\n');
const image = (shape: number[], values: number[]) => minimalNifti({ datatype: 16, shape, values });
const good = image([2, 1, 1, 4], [10, 20, 9, 18, 8, 16, 4, 8]);
const scan = put('scan.nii', good);
const out = path('out');
let tried = 0;

/** Each must be refused in one line, with nothing written. */
async function refuse(options: Partial<FitOptions>, ...says: (string | RegExp)[]): Promise<void> {
  const before = readdirSync(path('.')).sort();
  await refused(() => fit({ signals: [scan], fitter, bval, out, quiet: true, ...options }), ...says);
  assert.equal(readdirSync(path('.')).sort(), before);
  tried++;
}

test('b-values that do not belong to the scan', async () => {
  await refuse({ bval: put('3.bval', '0 50 400') }, '3.bval has 3 b-values', 'scan.nii has 4 volumes');
  await refuse({ bval: put('text.bval', '0 50 x 1000') }, 'text.bval:1', "'x'");
  await refuse({ bval: put('one.bval', '0 0 0 1000') }, '2 different b-values', 'at least 3');
  await refuse({ bval: path('none.bval') }, 'none.bval', 'no such file');
  await refused(
    () => fit({ signals: [scan], fitter, out, quiet: true }),
    '--bval FILE',
    'there is no',
    'scan.bval beside it',
  );
});

test('scans that are cut, empty, or no scans', async () => {
  const gz = gzipSync(good);
  await refuse({ signals: [put('cut.nii.gz', gz.subarray(0, gz.length - 12))] }, 'cut.nii.gz is cut short');
  await refuse({ signals: [put('header.nii', good.slice(0, 352))] }, 'header.nii', '384 bytes', 'has 352');
  await refuse({ signals: [put('empty.nii', '')] }, 'empty.nii is empty');
  await refuse(
    { signals: [put('magic.nii', minimalNifti({ datatype: 16, shape: [1], values: [1], magic: 'what' }))] },
    'magic',
  );
  await refuse({ signals: [path('none.nii')] }, 'none.nii', 'no such file');
  await refuse({ signals: [path('none.dcm')] }, 'none.dcm', '.nii.gz', '.npy');
});

test('files that do not belong together', async () => {
  const other = put('other.nii', image([1, 2, 1], [1, 2]));
  const moved = put(
    'moved.nii',
    minimalNifti({
      datatype: 16,
      shape: [2, 1, 1],
      values: [1, 2],
      sformCode: 1,
      sform: [1, 0, 0, 50, 0, 1, 0, 0, 0, 0, 1, 0],
    }),
  );
  await refuse({ signals: [scan, other] }, 'other.nii is 1 x 2 x 1', 'scan.nii is 2 x 1 x 1');
  await refuse({ signals: [scan, moved] }, 'moved.nii lies elsewhere');
  await refuse({ mask: other }, 'mask', 'other.nii is 1 x 2 x 1', '2 x 1 x 1');
  await refuse({ mask: scan }, 'scan.nii is 2 x 1 x 1 x 4');
  await refuse({ mask: put('zero.nii', image([2, 1, 1], [0, NaN])) }, 'zero.nii is 0 everywhere');
  await refuse({ signals: [scan, put('x.csv', 'b0\n1\n')] }, "can't be fitted together");
});

test('signals that are all not finite', async () => {
  await refuse(
    { signals: [put('nan.nii', image([2, 1, 1, 4], new Array<number>(8).fill(NaN)))] },
    'no voxel can be fitted',
    '2 not finite',
  );
});

test('a table without any signal is wrong input; one that the fitter finds nothing in is not', async () => {
  const header = 'b0,b50,b400,b1000\n';
  const shared = { bval: undefined, out: path('o.csv') };
  await refuse({ ...shared, signals: [put('zeros.csv', `${header}0,0,0,0\n`)] }, '1 without signal');
  const signals = [put('no-slope.csv', `${header}9,8,7,0\n`)];
  assert.is(await fit({ signals, fitter, out: path('empty-handed.csv'), quiet: true }), 1);
  assert.match(readFileSync(path('empty-handed.csv'), 'utf8'), 'NaN,notConverged');
});

test('tables and arrays that are wrong', async () => {
  const table = 'b0,b50,b400,b1000\n1,2,3,4\n';
  const csv = put('t.csv', table);
  const file = { bval: undefined, out: path('o.csv') };
  await refuse(
    { ...file, signals: [put('word.csv', table + '1,2,three,4\n')] },
    'word.csv:3',
    'column b400',
    "'three'",
  );
  await refuse({ ...file, signals: [csv], bval }, '--bval', 'by their names');
  await refuse({ ...file, signals: [csv], mask: scan }, '--mask');
  await refuse({ ...file, signals: [csv, csv] }, 'one csv file at a time');
  const npy = (name: string, shape: number[]) =>
    put(name, Buffer.concat([formatNpyHeader('f8', shape), Buffer.alloc(8 * shape.reduce((a, c) => a * c))]));
  await refuse(
    { signals: [npy('5.npy', [2, 5])], out: path('o.npy') },
    'four.bval has 4',
    '5.npy has 5 columns',
  );
  await refuse({ signals: [npy('3d.npy', [1, 2, 4])], out: path('o.npy') }, '3 dimensions (1 x 2 x 4)');
  await refuse({ signals: [npy('4.npy', [2, 4])], bval: undefined, out: path('o.npy') }, '--bval FILE');
});

test('a name for the output that says something else is in it', async () => {
  const csv = put('named.csv', 'b0,b50,b400,b1000\n1,2,3,4\n');
  const table = Buffer.concat([formatNpyHeader('f8', [1, 4]), Buffer.alloc(32)]);
  const npy = put('named.npy', table);
  for (const name of ['o.npy', 'o', 'o.txt', 'o.nii.gz', '.csv']) {
    await refuse({ signals: [csv], bval: undefined, out: path(name) }, `--out ${path(name)}`, '.csv or .tsv');
  }
  for (const name of ['o.csv', 'o', 'o.npz']) {
    await refuse({ signals: [npy], out: path(name) }, `--out ${path(name)}`, 'ends in .npy');
  }
});

test('a file that is not there is said first', async () => {
  const says = ['none', 'no such file'];
  await refuse({ signals: [path('none.nii.gz')], bval: undefined }, ...says);
  await refuse({ signals: [path('none.npy')], bval: undefined, out: path('o.csv') }, ...says);
  await refuse({ signals: [path('none.csv')], out: path('o') }, ...says);
  await refuse({ mask: path('none.nii'), signals: [put('alone.nii', good)], bval: undefined }, ...says);
});

test('outputs that would replace an input, or cannot be written', async () => {
  const csv = put('own.csv', 'b0,b50,b400,b1000\n1,2,3,4\n');
  await refuse({ signals: [csv], bval: undefined, out: csv }, 'over the input', 'own.csv');
  assert.is(readFileSync(csv, 'utf8').split('\n').length, 3);
  await refuse({ signals: [csv], bval: undefined, out: path('./x/../own.csv') }, 'over the input');
  await refuse({ out: path('maps.nii.gz') }, 'name of a folder');
  await refuse({ out: `${csv}/maps` }, 'a part of the path is a file');
  await refuse({ out: csv }, 'a folder');
});

test('fitters and settings that do not exist or do not fit', async () => {
  await refuse({ fitter: 'lss' }, 'lss', 'did you mean ls');
  await refuse({ fitter: './none.ts' }, 'none.ts');
  await refuse({ set: ['Dq=1'] }, '--set Dq=1', 'did you mean Dp');
  await refuse({ set: ['deep.g=1'] }, '--set deep.g=1', 'deep.g', 'f');
  await refuse({ set: ['Dp=fast'] }, '--set Dp=fast', '"fast"', 'a number');
  await refuse({ set: ['Dp'] }, 'path=value');
  await refuse({ set: ['Dp={'] }, 'YAML');
  await refuse({ model: path('nowhere') }, '--model', 'nowhere', 'no such file');
  await refuse({ model: path('.') }, '--model', 'learns nothing');
  await refuse(
    { fitter: 'dnn', model: path('.'), set: ['depth=9'] },
    '--set depth=9',
    'fixes depth',
    'engine',
  );
  await refuse({ fitter: 'dnn', model: path('.'), set: ['engine=cpu'] }, '--model', 'no file manifest.json');
  await refuse({ fitter: 'mmse' }, 'mmse', '--sigma');
  await refuse({ fitter: 'mmse', sigma: 1 }, 'mmse', '--tissue');
  await refuse({ fitter: 'mmse', sigma: 1, tissue: 'brain' }, '--tissue brain', 'neither a file nor YAML');
  await refuse({ fitter: 'mmse', sigma: 1, tissue: '{D: {uniform: [0, 1]}}' }, '--tissue', 'missing');
});

test('none of them left anything behind', () => {
  assert.ok(tried > 35, `${tried}`);
  assert.not.ok(existsSync(out));
  assert.equal(
    readdirSync(path('.')).filter((name) => name.includes('partial')),
    [],
  );
});

test.run();
