import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { LabelledSignals } from '../../src/contracts/voxels.ts';
import { allocateRows, normalise } from '../../src/data/normalise.ts';
import { openNiftiRows } from '../../src/data/nifti-rows.ts';
import { openNpy } from '../../src/data/npy-read.ts';
import { openNpyRows } from '../../src/data/npy-rows.ts';
import { readCsvRows } from '../../src/data/csv-rows.ts';
import { readNifti } from '../../src/data/nifti-read.ts';
import type { RowSource } from '../../src/data/row-source.ts';
import { measuredProtocol } from '../../src/data/measured-protocol.ts';
import { simulatePhantom } from '../../src/data/phantom.ts';
import { writeVoxels, VOXEL_FORMATS, type VoxelFormat } from '../../src/data/write-voxels.ts';
import { scratchFolder } from './scratch-folder.ts';

const test = suite('write-voxels');
const { path } = scratchFolder();
const n = 11;
const labelled: LabelledSignals = simulatePhantom({
  bValues: Float64Array.of(0, 10, 20.5, 100, 1000),
  voxels: n,
  S0: 1500,
  tissue: { D: { uniform: [5e-4, 2e-3] }, f: { uniform: [0.1, 0.4] }, Dp: { uniform: [0.01, 0.1] } },
  sigma: { uniform: [0, 30] },
  seeds: { parameters: 1, noise: 2 },
});

const open: Record<VoxelFormat, (dir: string) => Promise<RowSource>> = {
  csv: (dir) => readCsvRows(`${dir}/voxels.csv`),
  npy: (dir) => openNpyRows(`${dir}/signals.npy`, `${dir}/signals.bval`),
  nifti: (dir) => openNiftiRows({ files: [`${dir}/signals.nii.gz`], mask: `${dir}/mask.nii.gz` }),
};

for (const format of VOXEL_FORMATS) {
  test(`voxels written as ${format} are the same voxels when they are read for a fit`, async () => {
    const dir = path(format);
    const files = await writeVoxels(dir, format, labelled, { seed: 1 });
    assert.ok(files.every((file) => readFileSync(file).length > 0));
    assert.equal(JSON.parse(readFileSync(`${dir}/voxels.json`, 'utf8')), { seed: 1 });
    const source = await open[format](dir);
    const protocol = measuredProtocol(source.bValues, source.normalised, format);
    assert.equal(protocol.bValues, labelled.signals.bValues);
    const raw = new Float64Array(source.n * 5);
    await source.read(0, source.n, raw);
    const rows = allocateRows(source.n, 5, false);
    assert.is(normalise(raw, source.n, protocol, rows, source.inside), n);
    await source.close();
    const tolerance = format === 'nifti' ? 2e-7 : 1e-15;
    for (let i = 0; i < n * 5; i++) {
      assert.ok(Math.abs(rows.values[i] / labelled.signals.values[i] - 1) <= tolerance);
    }
    for (let i = 0; i < n; i++) {
      assert.ok(Math.abs(rows.scale[i] / labelled.signals.scale[i] - 1) <= tolerance);
    }
  });
}

test('the truth stands beside the signals', async () => {
  const { truth } = labelled;
  await writeVoxels(path('t'), 'npy', labelled, {});
  const table = await openNpy(path('t/truth.npy'));
  const into = new Float64Array(n * 3);
  await table.read(0, n, into);
  await table.close();
  assert.equal(Array.from(into.subarray(3, 6)), [truth.D[1], truth.f[1], truth.Dp[1]]);

  await writeVoxels(path('t'), 'csv', labelled, {});
  const [header, first] = readFileSync(path('t/voxels.csv'), 'utf8').split('\n');
  assert.is(header, 'voxel,b0,b10,b20.5,b100,b1000,D_true,f_true,Dp_true,sigma_true');
  assert.equal(first.split(',').slice(6, 9).map(Number), [truth.D[0], truth.f[0], truth.Dp[0]]);

  await writeVoxels(path('t'), 'nifti', labelled, {});
  const { header: map, data } = await readNifti(path('t/Dp_true.nii.gz'));
  assert.equal(map.shape, [4, 3, 1]);
  assert.equal(Array.from(data), [...Array.from(truth.Dp, Math.fround), 0]);
});

test.run();
