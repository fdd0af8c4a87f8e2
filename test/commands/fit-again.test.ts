import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fit, type FitOptions } from '../../src/commands/fit.ts';
import { minimalNifti } from '../data/minimal-nifti.ts';
import { refused } from '../data/refused.ts';
import { scratchFolder } from '../data/scratch-folder.ts';

const test = suite('fit into a folder that is in use');
const { path, put } = scratchFolder();
const fitter = fileURLToPath(new URL('../fitting/slope-fitter.ts', import.meta.url));
const bval = put('four.bval', '0 50 400 1000\n');
const image = (values: number[]) => minimalNifti({ datatype: 16, shape: [2, 1, 1, 4], values });
const scan = put('scan.nii', image([10, 20, 9, 18, 8, 16, 4, 8]));
const out = path('maps');
const again = (more: Partial<FitOptions> = {}) =>
  fit({ signals: [scan], fitter, bval, out, quiet: true, ...more });
const written = () => readdirSync(out).sort();
const sidecar = () => JSON.parse(readFileSync(`${out}/status.json`, 'utf8')) as { maps: object };

test('maps of an earlier fit go when others are in place, and nothing else does', async () => {
  await again({ intervals: true });
  const mine = ['D_low.txt', 'D_mine.nii.gz', 'notes.md'].map((name) => put(`maps/${name}`, 'mine'));
  await again();
  const maps = Object.keys(sidecar().maps).map((name) => `${name}.nii.gz`);
  assert.is(maps.length, 6);
  const own = mine.map((file) => file.slice(out.length + 1));
  const names = [...maps, ...own, 'report.html', 'status.json', 'status.nii.gz'];
  assert.equal(written(), names.sort());
});

test('the report of an earlier fit goes where this one writes none', async () => {
  await again();
  await again({ report: false });
  assert.not.ok(written().includes('report.html'));
});

test('a fit that fails removes nothing', async () => {
  await again({ intervals: true });
  const before = written();
  const nan = put('nan.nii', image(new Array<number>(8).fill(NaN)));
  await refused(() => again({ signals: [nan] }), 'no voxel can be fitted');
  await refused(() => again({ set: ['Dq=1'] }), 'Dq');
  assert.equal(written(), before);
});

test('a map that is an input of this fit is not removed: refused', async () => {
  await refused(
    () => again({ mask: `${out}/D_sd.nii.gz` }),
    'remove the input',
    'D_sd.nii.gz',
    'earlier fit',
  );
});

test('names in a sidecar that lead elsewhere, folders, and files that are no sidecar remove nothing', async () => {
  const other = put('outside.nii.gz', 'mine');
  for (const text of ['{"maps": {"../outside": ""}}', '{"maps": ["D_sd"]}', '{', 'null']) {
    put('maps/status.json', text);
    await again();
    assert.is(readFileSync(other, 'utf8'), 'mine');
    assert.ok(written().includes('D_sd.nii.gz'), text);
  }
  mkdirSync(`${out}/lesion.nii.gz`);
  put('maps/status.json', '{"maps": {"lesion": ""}}');
  await again();
  assert.ok(written().includes('lesion.nii.gz'));
});

test.run();
