import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import segmentation from '../../experiments/segmentation.ts';
import type { SegmentationConfig } from '../../experiments/segmentation/config.ts';
import type { CellResult } from '../../src/contracts/cell.ts';
import type { Row } from '../../src/contracts/metric.ts';
import { meanOverSubjects } from '../../src/image-metrics/mean-over-subjects.ts';
import { decodeScores, SCORES } from '../../src/segmented/scores.ts';
import { near } from '../agreement/near.ts';
import { refused } from '../data/refused.ts';
import { scratchFolder } from '../runner/tiny-study.ts';
import { carryOut, keysOf } from './carry-out.ts';
import { writtenConfigs } from './written-configs.ts';

const test = suite('experiments: segmentation');
const scratch = scratchFolder();

/** Tiny scans and networks: that the numbers fit together, not that they are good. */
const yaml = (more: readonly string[] = []): string =>
  [
    'experiment: segmentation',
    'seed: 7',
    'data:',
    '  virtual:',
    '    people: 4',
    '    bValues: [0, 400]',
    '    image: { shape: [32, 24, 3], voxel: [8, 8, 14] }',
    '    subvoxels: 1',
    'folds: 2',
    'validation: 1',
    'engine: wasm',
    'conditions: { folds: 1 }',
    'floors: { voxels: 100, epochs: 1 }',
    ...more,
    '',
  ].join('\n');
const small = [
  'training: { epochs: 1, batch: 4 }',
  'models:',
  '  - { use: unet, channels: [2, 2], residual: false }',
];

const { configOf } = writtenConfigs<SegmentationConfig>(scratch);

let results: Map<string, CellResult>;
let rows: Row[];
test.before(async () => {
  results = await carryOut(segmentation, await configOf(yaml(small)), join(scratch, 'run'));
  rows = [...results.values()].flatMap((result) => result.rows);
});

const only = (metric: string, method: string, factors: Row['factors']): Row => {
  const found = rows.filter(
    (row) =>
      row.metric === metric &&
      row.method === method &&
      Object.entries(factors).every(([factor, value]) => (row.factors[factor] ?? '') === value),
  );
  assert.is(found.length, 1, `${metric} of ${method}: ${found.length}`);
  return found[0];
};

test('everyone is tested once; means are over all people, of conditions over those of their folds', () => {
  const all = { region: 'all', reference: 'truth', condition: '' };
  const scores = [1, 2].flatMap((fold) =>
    decodeScores(results.get(`train unet fold=${fold}`)!.files!.get(SCORES)!),
  );
  assert.is(new Set(scores.map(({ person }) => person)).size, 4);
  const liver = scores.filter(({ region, reference }) => region === 'right_liver' && reference === 'truth');
  const expected = meanOverSubjects(liver.map(({ dice }) => dice));
  const row = only('dice', 'unet', { ...all, region: 'right_liver' });
  near(row.value, expected.value, 1e-12);
  near(row.ciLow, expected.low, 1e-12);
  for (const method of ['unet', 'logistic regression', 'fully connected', 'position alone'])
    assert.is(only('dice', method, all).n, 4);
  assert.is(only('dice', 'unet', { ...all, condition: 'labels shuffled' }).n, 2);
  const compared = { region: 'all', condition: 'no augmentation', compared_with: 'unet' };
  assert.is(only('dice_difference', 'unet', compared).n, 2);
});

test('readers are compared with the truth and with each other, and methods with both', () => {
  const between = only('dice', 'readers', { region: 'all', reader: 'reader2', reference: 'reader1' });
  assert.ok(between.value > 0.7 && between.value < 1);
  const over = only('dice_over_readers', 'position alone', { region: 'all', condition: '' });
  const [first, second] = ['reader1', 'reader2'].map((reference) =>
    only('dice', 'position alone', { region: 'all', reference }),
  );
  near(over.value, (first.value + second.value) / 2 - between.value, 1e-9);
  for (const metric of ['hd95', 'surface_distance'])
    assert.ok(
      only(metric, 'readers', { region: 'pancreas', reader: 'reader1', reference: 'truth' }).value > 0,
    );
});

test('pictures are of one person alone: the scan, drawings, and every method that has not seen them', () => {
  const pictures = [...results.values()].flatMap((result) => result.pictures ?? []);
  assert.equal([...new Set(pictures.map(({ factors }) => factors.subject))], ['person-01']);
  assert.is(pictures.filter(({ quantity }) => quantity === 'b0').length, 1);
  const drawn = pictures.filter(({ factors }) => factors.condition === undefined);
  assert.equal(drawn.map(({ method }) => method).sort(), [
    '',
    'fully connected',
    'logistic regression',
    'position alone',
    'reader1',
    'reader2',
    'truth',
    'unet',
  ]);
});

test('another loss is another training and nothing else; the number of folds divides people anew', async () => {
  const keys = await keysOf(segmentation, await configOf(yaml(small)));
  const [, ...network] = small;
  const dice = await keysOf(
    segmentation,
    await configOf(yaml(['training: { epochs: 1, batch: 4, loss: dice }', ...network])),
  );
  const changed = [...dice].filter(([id, key]) => keys.has(id) && keys.get(id) !== key).map(([id]) => id);
  assert.ok(changed.includes('train unet fold=1') && changed.includes('summary unet'));
  assert.not.ok(changed.some((id) => /^(people|readers|position|train (logistic|fully))/.test(id)));
});

test('wrong studies are refused in a line', async () => {
  const refuse = async (more: readonly string[], message: RegExp) =>
    refused(() => configOf(yaml([...small, ...more])), message);
  await refuse(['inputs: { bValues: [0, 800] }'], /scans have no volume at b=800; allowed: 0, 400/);
  const fixed = (from: string, to: string) => yaml(small).replace(from, to);
  await refuse(['inputs: { volumes: [vnet] }'], /vnet is no network of this study; allowed: unet/);
  await refused(() => configOf(fixed('folds: 2', 'folds: 5')), /folds.*found 5; allowed: up to 4/);
  await refused(
    () => configOf(fixed('validation: 1', 'validation: 2')),
    /found 2; allowed: fewer than the 2 people/,
  );
  await refused(
    () => configOf(fixed('bValues: [0, 400]', 'bValues: [50, 400]')),
    /allowed: 0, then others, each once/,
  );
  await refused(
    () => configOf(fixed('people: 4', 'people: 4\n    field: 7T')),
    /found 7T; allowed: 1.5T, 3T/,
  );
});

test.run();
