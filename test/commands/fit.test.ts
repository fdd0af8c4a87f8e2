import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fit } from '../../src/commands/fit.ts';
import { formatNpyHeader } from '../../src/data/npy-header.ts';
import { openNpy } from '../../src/data/npy-read.ts';
import { readNifti } from '../../src/data/nifti-read.ts';
import { minimalNifti } from '../data/minimal-nifti.ts';
import { scratchFolder } from '../data/scratch-folder.ts';

const test = suite('fit');
const { path, put } = scratchFolder();
const slope = fileURLToPath(new URL('../fitting/slope-fitter.ts', import.meta.url));
const learning = fileURLToPath(new URL('../fitting/learning-fitter.ts', import.meta.url));
const b = [0, 50, 400, 1000];
const D = 1e-3;
const decay = (S0: number): number[] => b.map((each) => S0 * Math.exp(-each * D));
const bval = put('scan.bval', b.join(' '));
const near = (a: number, c: number, tolerance = 1e-6): void =>
  assert.ok(Math.abs(a / c - 1) < tolerance, `${a} is not ${c}`);

/** Volumes of a 2 x 2 x 1 scan: two voxels with signal, one empty, one not finite. */
const volumes = b.map((_, k) => [decay(100)[k], decay(250)[k], 0, k === 2 ? NaN : 5]);

async function mapsOf(folder: string): Promise<Record<string, number[]>> {
  const maps: Record<string, number[]> = {};
  for (const name of ['S0', 'D', 'f', 'Dp', 'status']) {
    maps[name] = Array.from((await readNifti(`${folder}/${name}.nii.gz`)).data);
  }
  return maps;
}

test('a 4D scan becomes one map per parameter, in the same space', async () => {
  const sform = [1.9, 0.1, -0.5, -90, 0.2, 2.1, 0.3, -126, 0.4, -0.6, 2.2, -72];
  const scan = minimalNifti({
    datatype: 64,
    shape: [2, 2, 1, 4],
    values: volumes.flat(),
    sform,
    sformCode: 1,
  });
  const out = path('maps');
  const code = await fit({ signals: [put('scan.nii', scan)], fitter: slope, out, quiet: true });
  assert.is(code, 0);
  assert.equal(readdirSync(out).sort(), [
    'D.nii.gz',
    'Dp.nii.gz',
    'S0.nii.gz',
    'f.nii.gz',
    'r_squared.nii.gz',
    'report.html',
    'residual.nii.gz',
    'status.json',
    'status.nii.gz',
  ]);
  const maps = await mapsOf(out);
  near(maps.S0[0], 100);
  near(maps.S0[1], 250);
  near(maps.D[1], D);
  near(maps.Dp[0], 0.02);
  assert.equal(maps.status, [0, 0, 18, 17]);
  for (const name of ['S0', 'D', 'f', 'Dp']) assert.equal(maps[name].slice(2), [NaN, NaN], name);
  assert.equal(
    (await readNifti(`${out}/D.nii.gz`)).header.affine,
    (await readNifti(path('scan.nii'))).header.affine,
  );
  const rSquared = Array.from((await readNifti(`${out}/r_squared.nii.gz`)).data);
  assert.ok(rSquared[0] > 0.9 && rSquared[0] <= 1, String(rSquared[0]));
  assert.equal(rSquared.slice(2), [NaN, NaN]);
  const sidecar = JSON.parse(readFileSync(`${out}/status.json`, 'utf8')) as {
    status: Record<string, { word: string }>;
    voxelsByStatus: Record<string, number>;
    fitted: number;
  };
  assert.is(sidecar.status['18'].word, 'background');
  assert.equal(sidecar.voxelsByStatus, { converged: 2, notFinite: 1, background: 1 });
  assert.is(sidecar.fitted, 2);
});

test('3D files one after another are the same as one 4D file; a mask leaves voxels out', async () => {
  const files = volumes.map((values, k) =>
    put(`v${k}.nii`, minimalNifti({ datatype: 64, shape: [2, 2, 1], values })),
  );
  const mask = put('mask.nii', minimalNifti({ datatype: 2, shape: [2, 2, 1], values: [0, 1, 1, 1] }));
  const shared = { fitter: slope, bval, quiet: true };
  await fit({ ...shared, signals: files, out: path('list') });
  await fit({ ...shared, signals: [files.join(',')], mask, out: path('masked') });
  const whole = await mapsOf(path('list'));
  assert.equal(whole, await mapsOf(path('maps')));
  const masked = await mapsOf(path('masked'));
  assert.equal(masked.status, [18, 0, 18, 17]);
  assert.equal(masked.S0.slice(1), whole.S0.slice(1));
});

test('settings reach the fitter by their path', async () => {
  const set = ['Dp=0.05', 'deep={f: 0.2}', 'deep.f=0.3'];
  await fit({ signals: [path('scan.nii')], fitter: slope, out: path('set'), set, quiet: true });
  const maps = await mapsOf(path('set'));
  near(maps.Dp[0], 0.05);
  near(maps.f[0], 0.3);
});

test('a table gets five columns more', async () => {
  const rows = [...decay(100).reverse(), 'ann'].join(',') + '\n' + ['', 1, 1, 1, 'bob'].join(',') + '\n';
  const file = put('t.csv', `b1000,b400,b50,b0,who\n${rows}`);
  await fit({ signals: [file], fitter: slope, out: path('t-out.csv'), quiet: true });
  const lines = readFileSync(path('t-out.csv'), 'utf8').trimEnd().split('\n');
  assert.is(lines[0], 'b1000,b400,b50,b0,who,S0,D,f,Dp,status');
  const cells = lines[1].split(',');
  assert.is(cells.slice(0, 5).join(','), rows.split('\n')[0]);
  near(Number(cells[6]), D, 1e-12);
  assert.is(cells[9], 'converged');
  assert.is(lines[2], ',1,1,1,bob,NaN,NaN,NaN,NaN,notFinite');
});

test('a table without b0 counts as normalised', async () => {
  const file = put('n.csv', `b50,b400,b1000\n${decay(1).slice(1).join(',')}\n`);
  await fit({ signals: [file], fitter: slope, out: path('n-out.csv'), quiet: true });
  const cells = readFileSync(path('n-out.csv'), 'utf8').trimEnd().split('\n')[1].split(',').map(Number);
  assert.is(cells[3], 1);
  near(cells[4], D, 1e-12);
});

test('an array becomes an array of S0, D, f, Dp', async () => {
  const table = Float32Array.from([...decay(100), ...decay(250), NaN, 1, 1, 1]);
  const header = formatNpyHeader('f4', [3, 4]);
  const file = put('a.npy', Buffer.concat([header, new Uint8Array(table.buffer)]));
  await fit({ signals: [file], bval, fitter: slope, out: path('a-out.npy'), quiet: true });
  const matrix = await openNpy(path('a-out.npy'));
  assert.is(matrix.rows, 3);
  assert.is(matrix.columns, 4);
  const values = new Float64Array(12);
  await matrix.read(0, 3, values);
  await matrix.close();
  near(values[0], 100);
  near(values[5], D);
  assert.equal(Array.from(values.slice(8)), [NaN, NaN, NaN, NaN]);
});

test('the seed is handed to the fitter, and is the same again', async () => {
  const seedOf = async (seed?: number) => {
    const out = path('seed');
    await fit({
      signals: [path('scan.nii')],
      fitter: learning,
      out,
      quiet: true,
      ...(seed === undefined ? {} : { seed }),
    });
    return (await mapsOf(out)).Dp[0];
  };
  assert.is(await seedOf(), await seedOf(0));
  assert.is.not(await seedOf(1), await seedOf(0));
});

test('a saved model is used instead of learning from the voxels', async () => {
  put('mean.bin', ''); // Elsewhere: only the files of the named folder are the model.
  const { mkdirSync, writeFileSync } = await import('node:fs');
  mkdirSync(path('model'));
  writeFileSync(path('model/mean.bin'), new Uint8Array(Float64Array.of(0.75).buffer));
  await fit({
    signals: [path('scan.nii')],
    fitter: learning,
    model: path('model'),
    out: path('with-model'),
    quiet: true,
  });
  near((await mapsOf(path('with-model'))).f[0], 0.75);
});

test('from the command line: notes on standard error, the summary as JSON on standard output', () => {
  const bin = fileURLToPath(new URL('../../bin/ivim-bench.mjs', import.meta.url));
  const words = ['fit', path('scan.nii'), '--fitter', slope, '--out', path('cli'), '--json'];
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...words], { encoding: 'utf8' });
  assert.is(status, 0, stderr);
  const summary = JSON.parse(stdout) as { voxels: number; fitted: number; files: string[] };
  assert.is(summary.voxels, 4);
  assert.is(summary.fitted, 2);
  assert.ok(summary.files.every((file) => existsSync(file)));
  assert.match(
    stderr,
    /4 voxels: 2 fitted \(2 converged\), 2 without an estimate \(1 notFinite, 1 background\)/,
  );
  assert.match(stderr, /note: b-values are read from .*scan\.bval/);

  const wrong = spawnSync(process.execPath, [bin, ...words, '--set', 'Dq=1'], { encoding: 'utf8' });
  assert.is(wrong.status, 2);
  assert.is(wrong.stdout, '');
  assert.match(wrong.stderr, /^error: [^\n]*Dq[^\n]*did you mean Dp\?\n$/);
});

test.run();
