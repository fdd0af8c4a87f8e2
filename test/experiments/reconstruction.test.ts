import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import reconstruction from '../../experiments/reconstruction.ts';
import type { ReconstructionConfig } from '../../experiments/reconstruction/config.ts';
import type { CellResult } from '../../src/contracts/cell.ts';
import type { Row } from '../../src/contracts/metric.ts';
import { decodeHeads } from '../../src/reconstructed/packed-heads.ts';
import { refused } from '../data/refused.ts';
import { scratchFolder } from '../runner/tiny-study.ts';
import { carryOut, keysOf } from './carry-out.ts';
import { writtenConfigs } from './written-configs.ts';

const test = suite('experiments: reconstruction');
const scratch = scratchFolder();

/** Tiny images and networks: that the numbers fit together, not that they are good. */
const yaml = (more: readonly string[] = []): string =>
  [
    'experiment: reconstruction',
    'seed: 7',
    'data:',
    '  virtual:',
    '    training: 2',
    '    validation: 1',
    '    test: 2',
    '    other: 2',
    '    image: { size: 16, pixel: 12, slices: 2, gap: 20 }',
    '    lesions: { radius: [20, 30] }',
    'sampling: { center: 2 }',
    'receivers:',
    '  - { coils: 1, accelerations: [2, 4] }',
    '  - { coils: 3, accelerations: [4], epochs: 1, models: [unrolled] }',
    'robustness: { acceleration: 4, otherAcceleration: 3 }',
    'shown: [4]',
    'engine: wasm',
    'training: { epochs: 1, averaging: 0.5 }',
    'models:',
    '  - { use: unrolled, steps: 1, channels: [2] }',
    '  - { use: unet, channels: [2, 2] }',
    ...more,
    '',
  ].join('\n');

const { configOf } = writtenConfigs<ReconstructionConfig>(scratch);

let results: Map<string, CellResult>;
let rows: Row[];
test.before(async () => {
  results = await carryOut(reconstruction, await configOf(yaml()), join(scratch, 'run'));
  rows = [...results.values()].flatMap((result) => result.rows);
});

const only = (metric: string, method: string, factors: Row['factors']): Row => {
  const found = rows.filter(
    (row) =>
      row.metric === metric &&
      row.method === method &&
      Object.entries(factors).every(([factor, value]) => row.factors[factor] === value) &&
      ('changed' in factors || row.factors.changed === undefined),
  );
  assert.is(found.length, 1, `${metric} of ${method}: ${found.length}`);
  return found[0];
};

test('every set has its own subjects; those of results are there with and without lesions, at one level', () => {
  const sets = ['training', 'validation', 'test', 'other'].map((id) => decodeHeads(results.get(id)!.files!));
  const all = sets.flatMap(({ subjects }) => [...new Set(subjects)]);
  assert.is(new Set(all).size, all.length);
  assert.equal(sets[2].lesions, ['none', 'seen', 'none', 'seen']);
  const { images, shape } = sets[2];
  const each = shape[0] * shape[1] * shape[2];
  const unchanged = images.T2w.subarray(0, each).filter((value, i) => value === images.T2w[each + i]).length;
  assert.ok(unchanged > 0.5 * each && unchanged < each, `${unchanged}`);
  assert.is(images.T1w.length, images.T2w.length);
  assert.is(sets[3].images.T1w.length, 0);
  for (const image of Object.values(images)) assert.ok(image.every(Number.isFinite));
});

test('zeros: what was measured is there, the error grows with the acceleration, and data are kept to 1e-5', () => {
  for (const set of ['test', 'other']) {
    const error = (method: string, coils: number, acceleration: number) =>
      only('nrmse_percent', method, { set, coils, acceleration }).value;
    assert.ok(error('zero-filled', 1, 2) < error('zero-filled', 1, 4));
    for (const method of ['total variation', 'wavelets']) {
      assert.ok(only('regularisation', method, { coils: 1, acceleration: 2 }).value > 0);
    }
    assert.ok(only('data_residual', 'zero-filled', { set, coils: 1, acceleration: 4 }).value < 1e-9);
    assert.ok(only('data_residual', 'unrolled', { set, coils: 1, acceleration: 4 }).value < 1e-5);
    assert.ok(only('lesion_kept', 'zero-filled', { set, coils: 1, acceleration: 2 }).value < 1.2);
  }
});

test('a difference is that of the means; compressed sensing is the better one on validation subjects', () => {
  const factors = { set: 'test', coils: 1, acceleration: 4 };
  const errors = (method: string, set: string) => only('nrmse_percent', method, { ...factors, set }).value;
  const difference = (rival: string) =>
    only('nrmse_percent_difference', 'unrolled', { ...factors, compared_with: rival }).value;
  for (const rival of ['zero-filled', 'total variation', 'wavelets', 'unet']) {
    const expected = errors('unrolled', 'test') - errors(rival, 'test');
    assert.ok(Math.abs(difference(rival) - expected) < 1e-9, rival);
  }
  const better =
    errors('total variation', 'validation') <= errors('wavelets', 'validation')
      ? 'total variation'
      : 'wavelets';
  assert.is(difference('compressed sensing'), difference(better));
});

test('changes are of the first receiver; other data give other errors', () => {
  for (const method of ['zero-filled', 'total variation', 'wavelets', 'unrolled', 'unet']) {
    const plain = only('nrmse_percent', method, { set: 'test', coils: 1, acceleration: 4 }).value;
    for (const [changed, acceleration] of [
      ['noise x 2', 4],
      ['acceleration 3', 3],
      ['T1-weighted', 4],
    ] as const) {
      const row = only('nrmse_percent', method, { changed });
      assert.equal([row.factors.acceleration, row.factors.coils, row.factors.set], [acceleration, 1, 'test']);
      assert.is.not(row.value, plain);
    }
  }
});

test('pictures: the truth and every method at the accelerations that are shown, with the part about a lesion', () => {
  const pictures = [...results.values()].flatMap((result) => result.pictures ?? []);
  const of = (method: string, coils: number) =>
    pictures.filter((picture) => picture.method === method && picture.factors.coils === coils);
  for (const method of ['truth', 'zero-filled', 'total variation', 'wavelets', 'unrolled']) {
    assert.equal(
      of(method, 1).map(({ quantity, factors }) => `${quantity} ${factors.set} ${factors.acceleration}`),
      ['magnitude test 4', 'zoom test 4', 'magnitude other 4', 'zoom other 4'],
      method,
    );
  }
  assert.is(of('unet', 3).length, 0);
});

test('neither other networks nor other receivers change a training', async () => {
  const keys = await keysOf(reconstruction, await configOf(yaml()));
  const more = await keysOf(
    reconstruction,
    await configOf(yaml(['  - { use: unet, name: wide, channels: [3, 2] }']).replace('coils: 3', 'coils: 4')),
  );
  assert.is(more.get('train unet coils=1'), keys.get('train unet coils=1'));
});

test('what makes no sense is refused', async () => {
  await refused(() => configOf(yaml().replace('coils: 3', 'coils: 1')), /two receivers of 1 coils/);
  await refused(
    () => configOf(yaml().replace('[unrolled]', '[unrolle]')),
    /unrolle is no network of this study/,
  );
  await refused(
    () =>
      configOf(yaml().replace('acceleration: 4, otherAcceleration', 'acceleration: 6, otherAcceleration')),
    /6 is no acceleration of the first receiver; allowed: 2, 4/,
  );
  await refused(() => configOf(yaml().replace('center: 2', 'center: 1')), /center: found 1/);
});

test.run();
