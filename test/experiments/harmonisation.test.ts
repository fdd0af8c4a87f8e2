import { resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import phantom from '../../experiments/phantom.ts';
import type { PhantomConfig } from '../../experiments/phantom/config.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import type { RunManifest } from '../../src/contracts/stored-run.ts';
import { estimatesFromNpy } from '../../src/data/estimates-npy.ts';
import { correlationInterval, rankCorrelation } from '../../src/metrics/runs/rank-correlation.ts';
import { VoxelRandom } from '../../src/random/voxel-random.ts';
import { selectFitters } from '../../src/runner/select-fitters.ts';
import effects from '../../src/tables/effects-of-settings.ts';
import correlations from '../../src/tables/implementation-correlations.ts';
import implementations from '../../src/tables/implementations.ts';
import { organBounds } from '../../src/solvers/bounds.ts';
import { refused } from '../data/refused.ts';
import { scratchFolder, tinyYaml } from '../runner/tiny-study.ts';
import { carryOut } from './carry-out.ts';
import { writtenConfigs } from './written-configs.ts';

const test = suite('experiments: implementations and their settings');

const scratch = scratchFolder();
const { written } = writtenConfigs<PhantomConfig>(scratch);
const small = ['data.voxels=80', 'data.noise={"snr":[20]}', 'statistics.resamples=20'];
const study = await loadConfig(resolve('configs/harmonisation.yaml'), { set: small });
const fitters = study.config.fitters!;
const results = await carryOut(phantom, study.config as PhantomConfig, scratch);
const rows = [...results.values()].flatMap((result) => result.rows);
const manifest = JSON.parse(JSON.stringify({ config: study.config })) as RunManifest;

test('every combination of the values of settings is a fitter, called after them', () => {
  assert.is(fitters.length, 30);
  const far = fitters.find(({ name }) => name === 'ls-s0-liver-far')!;
  assert.equal(far.variant, { of: 'ls-s0', factors: { bounds: 'liver', start: 'far', S0: 'fitted' } });
  const settings = far.settings as { bounds: unknown; start: { f: number } };
  assert.equal(settings.bounds, organBounds('liver'));
  assert.is(settings.start.f, 0.5);
  assert.equal(fitters.find(({ name }) => name === 'map-broad')!.variant!.factors, {
    bounds: 'broad',
    S0: 'known',
  });
  // --only means all of them, or one.
  assert.is(selectFitters(study, ['ls-s0']).config.fitters!.length, 6);
  assert.is(selectFitters(study, ['ls-s0-liver-far']).config.fitters!.length, 1);
});

test('correlations are those of the stored estimates', () => {
  const estimates = (name: string) =>
    estimatesFromNpy(results.get(`fit ${name} snr=20`)!.files!.get('estimates.npy')!);
  const [one, other] = [estimates('segmented-broad'), estimates('varpro-broad')];
  const row = rows.find(
    ({ metric, method, factors, parameter }) =>
      metric === 'correlation_between' &&
      parameter === 'f' &&
      method === 'segmented-broad' &&
      factors.compared_with === 'varpro-broad',
  )!;
  assert.is(row.value, rankCorrelation(one.f, other.f));
  assert.ok(row.ciLow < row.value && row.value < row.ciHigh && row.n === 80);
  // Two correlations of three parameters of 30 x 29 / 2 pairs.
  assert.is(rows.filter(({ metric }) => metric.endsWith('correlation_between')).length, 2 * 3 * 435);
});

test('the interval of a rank correlation holds it 93 to 97 times in 100', () => {
  const random = new VoxelRandom(3);
  random.begin(Float64Array.of(1), 0, 1);
  const r = 0.7;
  // Spearman's correlation of normal pairs (Pearson 1907).
  const known = (6 / Math.PI) * Math.asin(r / 2);
  let held = 0;
  for (let k = 0; k < 2000; k++) {
    const x = Float64Array.from({ length: 80 }, () => random.gaussian());
    const y = x.map((each) => r * each + Math.sqrt(1 - r * r) * random.gaussian());
    const [low, high] = correlationInterval(rankCorrelation(x, y), 80);
    if (low <= known && known <= high) held++;
  }
  assert.ok(held > 1860 && held < 1940, `${held}`);
});

test('tables: a line per implementation, the effect of each setting, and a matrix that is its own mirror image', () => {
  const one = implementations.build(rows, manifest)!;
  assert.is(one.lines.length, 3 * 30);
  assert.equal(
    one.columns.map(({ name }) => name),
    ['parameter', 'snr', 'fitter', 'bounds', 'start', 'S0', 'bias', 'sd', 'rmse', 'failed_percent'],
  );
  const table = effects.build(rows, manifest)!;
  // Three bounds, two starts, two kinds of S0, each for three parameters.
  assert.is(table.lines.length, 3 * (3 + 2 + 2));
  for (const parameter of ['D', 'f', 'Dp']) {
    const ratios = table.lines
      .filter(({ values }) => values[0] === 'bounds' && (values[2] as { raw: string }).raw === parameter)
      .map(({ values }) => values[5] as number);
    // Geometric means over the same fitters, relative to the mean over the values.
    assert.ok(Math.abs(ratios.reduce((product, ratio) => product * ratio, 1) - 1) < 1e-9, `${ratios.join()}`);
  }
  const matrix = correlations.build(rows, manifest)!;
  assert.is(matrix.lines.length, 2 * 3 * 30);
  assert.equal(
    matrix.columns.slice(4).map(({ name }) => name),
    fitters.map(({ name }) => name),
  );
  const block = matrix.lines.slice(0, 30).map(({ values }) => values.slice(4));
  block.forEach((line, i) => line.forEach((value, j) => assert.is(value, block[j][i])));
});

test('studies that vary nothing have none of these tables', () => {
  const plain = JSON.parse(
    JSON.stringify({ config: { ...study.config, fitters: [{ name: 'ls', use: 'ls', settings: {} }] } }),
  ) as RunManifest;
  assert.is(implementations.build(rows, plain), null);
  assert.is(effects.build(rows, plain), null);
  assert.is(correlations.build([], plain), null);
});

test('what is wrong in a value is refused where it is written', async () => {
  const load = (fitter: object) => loadConfig(written(tinyYaml([fitter])));
  await refused(
    () => load({ use: 'ls', vary: { bounds: { wide: { D: [1, 0] } } } }),
    /vary\.bounds\.wide/,
    'the lower bound must be below',
  );
  await refused(() => load({ use: 'ls', vary: { bonds: { wide: 'broad' } } }), /unknown key bonds/);
  await refused(() => load({ use: 'ls', vary: { bounds: {} } }), /vary/);
  await refused(() => load({ use: 'ls', vary: 3 }), /vary/);
  await refused(
    () =>
      loadConfig(
        written(
          tinyYaml([
            { use: 'ls', vary: { bounds: { 1: 'broad' } } },
            { use: 'ls', name: 'ls-1' },
          ]),
        ),
      ),
    /a second fitter called ls-1/,
  );
});

test.run();
