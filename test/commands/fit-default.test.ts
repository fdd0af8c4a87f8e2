import { readdirSync, readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fit } from '../../src/commands/fit.ts';
import { Status } from '../../src/contracts/voxels.ts';
import { formatNpyHeader } from '../../src/data/npy-header.ts';
import { openNpy } from '../../src/data/npy-read.ts';
import { readNifti } from '../../src/data/nifti-read.ts';
import { simulatePhantom } from '../../src/data/phantom.ts';
import { TISSUES } from '../../src/fitters/any-protocol-net/manifest.ts';
import { Mt19937 } from '../../src/random/mt19937.ts';
import { minimalNifti } from '../data/minimal-nifti.ts';
import { scratchFolder } from '../data/scratch-folder.ts';

const test = suite('fit without --fitter');
const { path, put } = scratchFolder();
const b = [0, 5, 15, 40, 90, 180, 350, 600, 850];
const SIDE = 30;
const SIGMA = 25;

/** A slice that is half tissue of S0 = 1000, half air, with Rician noise; volumes one after another. */
const n = SIDE * SIDE;
const { signals, truth } = simulatePhantom({
  bValues: Float64Array.from(b),
  voxels: n,
  S0: 1000,
  tissue: TISSUES.body,
  sigma: { constant: SIGMA },
  seeds: { parameters: 1, noise: 2 },
});
const isTissue = (i: number) => i % SIDE < SIDE / 2;
const random = new Mt19937(4);
const values = b.flatMap((_, k) =>
  Array.from({ length: n }, (_, i) =>
    isTissue(i)
      ? signals.values[i * b.length + k] * signals.scale[i]
      : SIGMA * Math.hypot(random.gaussian(), random.gaussian()),
  ),
);
const scan = put('scan.nii', minimalNifti({ datatype: 64, shape: [SIDE, SIDE, 1, b.length], values }));
const bval = put('scan.bval', b.join(' '));

interface Summary {
  fitter: string;
  sigma: number;
  notes: string[];
  maps: Record<string, string>;
}
const summaryOf = (folder: string) =>
  JSON.parse(readFileSync(path(`${folder}/status.json`), 'utf8')) as Summary;
const mapOf = async (folder: string, name: string) =>
  (await readNifti(path(`${folder}/${name}.nii.gz`))).data;

test('a scan is fitted with its intervals, at a noise taken from air', async () => {
  assert.is(await fit({ signals: [scan], bval, out: path('maps'), quiet: true }), 0);
  const names = ['D', 'f', 'Dp'].flatMap((name) => ['', '_sd', '_low', '_high'].map((end) => name + end));
  assert.equal(
    readdirSync(path('maps')).sort(),
    [...names, 'S0', 'p_value', 'r_squared', 'residual', 'status']
      .map((name) => `${name}.nii.gz`)
      .concat('report.html', 'status.json')
      .sort(),
  );
  const { fitter, sigma, notes, maps } = summaryOf('maps');
  assert.is(fitter, 'any-protocol-net');
  assert.ok(Math.abs(sigma / SIGMA - 1) < 0.05, `${sigma}`);
  assert.ok(notes.some((note) => /^sigma .* by \d+ signals of air; the residuals/.test(note)));
  assert.is(maps.D_sd, 'standard deviation of D, mm2/s');
  const status = await mapOf('maps', 'status');
  for (const name of ['D', 'f', 'Dp'] as const) {
    const [value, sd, low, high] = await Promise.all(
      ['', '_sd', '_low', '_high'].map((end) => mapOf('maps', name + end)),
    );
    let [inside, tissue, poor] = [0, 0, 0];
    for (let i = 0; i < n; i++) {
      if (!isTissue(i)) continue;
      const isPoor = status[i] === Status.poorFit;
      assert.ok(status[i] <= Status.atBound || isPoor, `voxel ${i}: status ${status[i]}`);
      if (isPoor) poor++;
      assert.ok(low[i] <= value[i] * 1.0001 && value[i] <= high[i] * 1.0001 && sd[i] > 0, `voxel ${i}`);
      tissue++;
      if (truth[name][i] >= low[i] && truth[name][i] <= high[i]) inside++;
    }
    // 0.3 % of 10,000 voxels at this noise: one in a thousand by chance, the others by the network's own errors.
    assert.ok(poor <= 0.01 * tissue, `${poor} poor fits of ${tissue}`);
    assert.ok(inside / tissue > 0.92 && inside / tissue < 0.98, `${name}: ${inside} of ${tissue}`);
  }
});

test('the estimates are the same whatever the number of threads, in an array too', async () => {
  const table = new Float64Array(n * b.length);
  for (let i = 0; i < n; i++) b.forEach((_, k) => (table[i * b.length + k] = values[k * n + i]));
  const header = formatNpyHeader('f8', [n, b.length]);
  const array = put('scan.npy', Buffer.concat([header, new Uint8Array(table.buffer)]));
  const read = async (file: string) => {
    const matrix = await openNpy(path(file));
    const all = new Float64Array(matrix.rows * matrix.columns);
    await matrix.read(0, matrix.rows, all);
    await matrix.close();
    return { all, columns: matrix.columns };
  };
  const shared = { signals: [array], bval, sigma: SIGMA, quiet: true };
  await fit({ ...shared, out: path('plain.npy'), workers: 1 });
  await fit({ ...shared, out: path('wide.npy'), workers: 2, intervals: true });
  const [plain, wide] = [await read('plain.npy'), await read('wide.npy')];
  assert.equal([plain.columns, wide.columns], [4, 13]);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < 4; c++) assert.ok(Object.is(plain.all[i * 4 + c], wide.all[i * 13 + c]));
  }
});

test('--snr says the noise; no intervals where none are wanted', async () => {
  await fit({ signals: [scan], bval, snr: 40, intervals: false, out: path('snr'), quiet: true });
  const { sigma, notes } = summaryOf('snr');
  assert.ok(Math.abs(sigma / 25 - 1) < 0.02, `${sigma}`);
  assert.ok(notes.some((note) => /--snr 40 of a median b=0 of/.test(note)));
  assert.not.ok(readdirSync(path('snr')).includes('D_sd.nii.gz'));
});

test('least squares gives deviations where they are asked for, and no quantiles', async () => {
  await fit({ signals: [scan], bval, fitter: 'ls-global', intervals: true, out: path('ls'), quiet: true });
  const [sd, low] = [await mapOf('ls', 'D_sd'), await mapOf('ls', 'D_low')].map((map) => Array.from(map));
  assert.ok(sd.filter((x) => x > 0).length > 100);
  assert.ok(low.every((x) => Number.isNaN(x)));
});

test.run();
