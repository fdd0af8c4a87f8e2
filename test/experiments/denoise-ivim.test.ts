import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import denoiseIvim from '../../experiments/denoise-ivim.ts';
import type { DenoiseConfig } from '../../experiments/denoise-ivim/config.ts';
import { decodeScans, lesionLabel } from '../../experiments/denoise-ivim/scans.ts';
import type { CellResult } from '../../src/contracts/cell.ts';
import type { Row } from '../../src/contracts/metric.ts';
import { PARAMETERS } from '../../src/contracts/voxels.ts';
import { refused } from '../data/refused.ts';
import { scratchFolder } from '../runner/tiny-study.ts';
import { carryOut, keysOf } from './carry-out.ts';
import { writtenConfigs } from './written-configs.ts';

const test = suite('experiments: denoising before the fit');
const scratch = scratchFolder();

/** Tiny scans and networks: that the numbers fit together, not that they are good. */
const yaml = (
  fitters = '[segmented, any-protocol-net]',
  lesion = 'radius: 20',
  models = '{ use: unet, channels: [2, 2] }',
): string =>
  [
    'experiment: denoise-ivim',
    'seed: 5',
    'protocol: barbieri-2020',
    'data:',
    '  virtual:',
    '    subjects: 2',
    '    sessions: { 15T: { field: 1.5T, TE: 60, TR: 2500 } }',
    '    image: { shape: [24, 16, 5], voxel: [11, 12, 10] }',
    '    subvoxels: 1',
    '    readers: { first: {}, second: {} }',
    '  training: 1',
    '  validation: 1',
    `  lesion: { ${lesion} }`,
    'engine: wasm',
    'training: { epochs: 1 }',
    `models: [${models}]`,
    `fitters: ${fitters}`,
    '',
  ].join('\n');

const { configOf } = writtenConfigs<DenoiseConfig>(scratch);

let results: Map<string, CellResult>;
let rows: Row[];
test.before(async () => {
  results = await carryOut(denoiseIvim, await configOf(yaml()), join(scratch, 'run'));
  rows = [...results.values()].flatMap((result) => result.rows);
});

const only = (metric: string, method: string, parameter: string, factors: Row['factors'] = {}): Row => {
  const found = rows.filter(
    (row) =>
      row.metric === metric &&
      row.method === method &&
      row.parameter === parameter &&
      Object.entries(factors).every(([factor, value]) => row.factors[factor] === value),
  );
  assert.is(found.length, 1, `${metric} of ${method} ${parameter}: ${found.length}`);
  return found[0];
};

test('a lesion changes the voxels around it, in signals and truth, and no other; the noise is the same', () => {
  const scans = decodeScans(results.get('test')!.files!);
  const [before, after] = scans.scans;
  assert.equal(
    [before.subject, before.lesion, after.subject, after.lesion],
    ['sub-01', false, 'sub-01', true],
  );
  const n = before.organs.length;
  const changed = [...after.organs.keys()].filter(
    (i) => before.clean[i] !== after.clean[i] || before.clean[7 * n + i] !== after.clean[7 * n + i],
  );
  const lesion = [...after.organs.keys()].filter((i) => after.organs[i] === lesionLabel(scans));
  assert.ok(lesion.length > 0 && lesion.every((i) => changed.includes(i)), `${lesion.length}`);
  assert.ok(changed.length < n / 10);
  for (let i = 0; i < before.noisy.length; i++) {
    if (!changed.includes(i % n)) assert.is(before.noisy[i], after.noisy[i]);
  }
  const D = lesion.reduce((sum, i) => sum + after.truth[i] / before.truth[i], 0) / lesion.length;
  assert.ok(D > 0.9 && D < 1.6, `${D}`);
});

test('signals as acquired are one standard deviation off, and no fit changes with another’s denoising', async () => {
  const raw = only('signal_error', 'none', '');
  assert.ok(Math.abs(raw.value - 1) < 0.06, `${raw.value}`);
  assert.is(raw.n, 2);
  for (const name of ['Gaussian filter', 'MP-PCA', 'unet']) only('signal_error', name, '');
  const keys = await keysOf(denoiseIvim, await configOf(yaml()));
  const other = await keysOf(denoiseIvim, await configOf(yaml('[segmented]', 'radius: 20', 'unet')));
  assert.is(other.get('fit segmented · MP-PCA'), keys.get('fit segmented · MP-PCA'));
  assert.is.not(other.get('fit segmented · unet'), keys.get('fit segmented · unet'));
});

test('differences are those of the means, and turn their sign with their sides', () => {
  for (const parameter of PARAMETERS) {
    const [plain, denoised] = ['segmented', 'segmented · MP-PCA'].map(
      (name) => only('voxel_rmse', name, parameter).value,
    );
    const difference = only('voxel_rmse_difference', 'segmented · MP-PCA', parameter, {
      compared_with: 'segmented',
    });
    assert.ok(Math.abs(difference.value - (denoised - plain)) < 1e-12);
    const back = only('voxel_rmse_difference', 'segmented', parameter, {
      compared_with: 'segmented · MP-PCA',
    });
    assert.ok(Math.abs(difference.value + back.value) < 1e-12);
    // Without denoising, each fitter is compared with the others as well.
    only('voxel_rmse_difference', 'segmented · MP-PCA', parameter, { compared_with: 'any-protocol-net' });
    only('lesion_bias_percent', 'segmented · unet', parameter);
    only('lesion_contrast_recovered', 'any-protocol-net · Gaussian filter', parameter);
  }
});

test('readers and subjects are compared as in a study of volunteers, and the truth beside', () => {
  for (const method of ['truth', 'segmented', 'any-protocol-net · unet']) {
    const icc = only('icc2', method, 'D', { session: 'ses-15T' });
    assert.ok(icc.value <= 1);
    const cv = rows.filter(
      (row) =>
        row.metric === 'cv_percent' &&
        row.method === method &&
        row.parameter === 'f' &&
        row.factors.region === undefined,
    );
    assert.is(cv.length, 1);
  }
});

test('what makes no sense is refused', async () => {
  await refused(
    () => configOf(yaml('[segmented]', 'region: heart')),
    /region: found heart; allowed: left_liver/,
  );
  const twice = yaml().replace('{ 15T:', '{ 3T: { field: 3T, TE: 60, TR: 2500 }, 15T:');
  await refused(() => configOf(twice), /sessions: found 2 sessions; allowed: one/);
  await refused(
    () => configOf(yaml().replace('subjects: 2', 'subjects: 1')),
    /subjects: found 1; allowed: at least 2/,
  );
  const config = await configOf(yaml('[dnn]'));
  await refused(() => denoiseIvim.plan(config), /fitter dnn learns from voxels or tissue/);
});

test.run();
