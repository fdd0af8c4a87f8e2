import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fit } from '../../src/commands/fit.ts';
import { readNifti } from '../../src/data/nifti-read.ts';
import { simulatePhantom } from '../../src/data/phantom.ts';
import { TISSUES } from '../../src/fitters/any-protocol-net/manifest.ts';
import { VoxelRandom } from '../../src/random/voxel-random.ts';
import { biexponential } from '../../src/signal/biexponential.ts';
import { minimalNifti } from '../data/minimal-nifti.ts';
import { refused } from '../data/refused.ts';
import { scratchFolder } from '../data/scratch-folder.ts';

const test = suite('fit: a noise level of every voxel');
const { path, put } = scratchFolder();

const SHAPE = [48, 32, 6] as const;
const VOXELS = SHAPE[0] * SHAPE[1] * SHAPE[2];
const B = [0, 10, 20, 60, 150, 300, 500, 1000];
const PARAMETERS = ['D', 'f', 'Dp'] as const;
/** What the default network expects: only then are its intervals calibrated. */
const tissue = TISSUES.body;
const { truth } = simulatePhantom({
  bValues: Float64Array.from(B),
  voxels: VOXELS,
  S0: 1000,
  tissue,
  sigma: { constant: 0 },
  seeds: { parameters: 5, noise: 6 },
});
/** From 0.31 to 1.69 times the mean along x: a coefficient of variation of 40 %, as far from a coil. */
const sigma = Float64Array.from(
  { length: VOXELS },
  (_, i) => 40 * (0.31 + (1.38 * (i % SHAPE[0])) / (SHAPE[0] - 1)),
);
const random = new VoxelRandom(4);
random.begin(Float64Array.of(1), 0, 1);
const image = (values: readonly number[], shape: readonly number[], pixdim = [1, 3, 3, 5]) =>
  minimalNifti({
    datatype: 64,
    shape,
    values,
    pixdim,
    sform: [3, 0, 0, 0, 0, 3, 0, 0, 0, 0, 5, 0],
    sformCode: 1,
  });
const values = B.flatMap((b) =>
  Array.from({ length: VOXELS }, (_, i) => {
    const signal = 1000 * biexponential(b, truth.D[i], truth.f[i], truth.Dp[i]);
    return Math.hypot(signal + sigma[i] * random.gaussian(), sigma[i] * random.gaussian());
  }),
);
put('scan.bval', B.join(' '));
const scan = put('scan.nii', image(values, [...SHAPE, 8]));
const map = put('sigma.nii', image(Array.from(sigma), SHAPE));
const shared = { signals: [scan], quiet: true, report: false, workers: 1 };

async function maps(out: string): Promise<(name: string) => Promise<ArrayLike<number>>> {
  return async (name) => (await readNifti(path(`${out}/${name}.nii.gz`))).data;
}

/** Share of the voxels of the noisiest fifth whose 95 % interval holds the truth. */
async function coverage(out: string): Promise<number[]> {
  const read = await maps(out);
  return Promise.all(
    PARAMETERS.map(async (name) => {
      const [low, high] = [await read(`${name}_low`), await read(`${name}_high`)];
      let held = 0;
      let n = 0;
      for (let i = 0; i < VOXELS; i++) {
        if (i % SHAPE[0] < 0.8 * SHAPE[0] || Number.isNaN(low[i])) continue;
        n++;
        if (low[i] <= truth[name][i] && truth[name][i] <= high[i]) held++;
      }
      return held / n;
    }),
  );
}

const facts = (out: string) =>
  JSON.parse(readFileSync(path(`${out}/status.json`), 'utf8')) as { sigma: number; notes: string[] };

test('where noise varies by 40 %, 95 % intervals of the noisiest fifth hold with the map, and with a local estimate', async () => {
  assert.is(await fit({ ...shared, out: path('one') }), 0);
  assert.is(await fit({ ...shared, out: path('given'), sigma: map }), 0);
  assert.is(await fit({ ...shared, out: path('local'), sigma: 'local' }), 0);
  const [one, given, local] = await Promise.all(['one', 'given', 'local'].map(coverage));
  for (let p = 0; p < 3; p++) {
    assert.ok(given[p] > 0.93 && given[p] < 0.97, `given, ${PARAMETERS[p]}: ${given[p]}`);
    assert.ok(local[p] > 0.93 && local[p] < 0.97, `local, ${PARAMETERS[p]}: ${local[p]}`);
  }
  assert.ok(Math.min(...one) < 0.88, one.join());
});

test('the local estimate is the true noise to a few per cent, is written, and its origin is said', async () => {
  const found = await (await maps('local'))('sigma');
  let squares = 0;
  let sum = 0;
  for (let i = 0; i < VOXELS; i++) {
    const off = found[i] / sigma[i] - 1;
    squares += off * off;
    sum += off;
  }
  assert.ok(Math.sqrt(squares / VOXELS) < 0.08, `${Math.sqrt(squares / VOXELS)}`);
  assert.ok(Math.abs(sum / VOXELS) < 0.04, `${sum / VOXELS}`);
  assert.match(
    facts('local').notes.join('\n'),
    /sigma of every voxel, median .*, by the residuals of least squares over 9216 voxels, 4 degrees of freedom each, smoothed/,
  );
  const given = await (await maps('given'))('sigma');
  for (let i = 0; i < VOXELS; i++) assert.ok(Math.abs(given[i] / sigma[i] - 1) < 1e-6);
  assert.match(facts('given').notes.join('\n'), /by .*sigma\.nii/);
});

test('voxels without a noise level are not fitted', async () => {
  const half = put(
    'half.nii',
    image(
      Array.from(sigma, (value, i) => (i % SHAPE[0] < 24 ? value : 0)),
      SHAPE,
    ),
  );
  assert.is(await fit({ ...shared, out: path('half'), sigma: half, fitter: 'ls-global' }), 0);
  const D = await (await maps('half'))('D');
  for (let i = 0; i < VOXELS; i++) assert.is(Number.isNaN(D[i]), i % SHAPE[0] >= 24);
});

test('refuses maps of another grid, maps without noise, tables, and a second word on noise', async () => {
  const asked = (words: object) => () => fit({ ...shared, out: path('none'), ...words });
  const small = put('small.nii', image([1, 2, 3, 4], [2, 2, 1]));
  await refused(asked({ sigma: small }), 'noise map', 'is 2 x 2 x 1', '48 x 32 x 6');
  const zero = put('zero.nii', image(new Array<number>(VOXELS).fill(0), SHAPE));
  await refused(asked({ sigma: zero }), 'is nowhere above 0');
  const moved = minimalNifti({
    ...{ datatype: 64, shape: SHAPE, values: Array.from(sigma), pixdim: [1, 3, 3, 5], sformCode: 1 },
    sform: [3, 0, 0, 40, 0, 3, 0, 0, 0, 0, 5, 0],
  });
  await refused(asked({ sigma: put('moved.nii', moved) }), 'noise map', 'has another grid');
  await refused(asked({ sigma: map, snr: 20 }), '--snr 20');
  const table = put('table.csv', 'b0,b50,b400,b1000\n1,0.9,0.7,0.4\n');
  await refused(
    asked({ signals: [table], out: path('none.csv'), sigma: 'local' }),
    '--sigma local',
    'a number',
  );
});

test.run();
