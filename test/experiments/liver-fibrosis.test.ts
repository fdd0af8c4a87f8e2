import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import liverFibrosis from '../../experiments/liver-fibrosis.ts';
import type { LiverFibrosisConfig } from '../../experiments/liver-fibrosis/config.ts';
import { decodeScores, SCORES } from '../../src/classified/scores.ts';
import type { CellResult } from '../../src/contracts/cell.ts';
import type { Row } from '../../src/contracts/metric.ts';
import { auc } from '../../src/image-metrics/auc.ts';
import { compareAucs } from '../../src/image-metrics/delong-test.ts';
import { LiverSettings } from '../../src/images/livers/settings.ts';
import { writeCases } from '../../src/images/livers/write-cases.ts';
import { MODALITIES } from '../../src/images/modality.ts';
import { asProcess, inProcess } from '../commands/command-line.ts';
import { refused } from '../data/refused.ts';
import { scratchFolder } from '../runner/tiny-study.ts';
import { carryOut, keysOf } from './carry-out.ts';
import { writtenConfigs } from './written-configs.ts';
import { killedInTraining } from './killed-run.ts';

const test = suite('experiments: liver fibrosis');
const scratch = scratchFolder();

/** Tiny volumes and networks: that the numbers fit together, not that they are good. */
const yaml = (more: readonly string[] = [], epochs = 2): string =>
  [
    'experiment: liver-fibrosis',
    'seed: 7',
    'data: { virtual: { cases: 40, auc: 0.98, image: { shape: [8, 8, 8], voxel: [32, 32, 32] } } }',
    'population: 30',
    'splits: { count: 2, test: 0.2, validation: 0.1 }',
    'seeds: 2',
    'engine: wasm',
    `training: { epochs: ${epochs} }`,
    'models:',
    '  - { use: cnn3d, channels: [2], units: 4 }',
    '  - { use: mlp, units: [] }',
    ...more,
    '',
  ].join('\n');

const { written, configOf } = writtenConfigs<LiverFibrosisConfig>(scratch);

let results: Map<string, CellResult>;
let rows: Row[];
test.before(async () => {
  const config = await configOf(yaml(['conditions: { sizes: [12] }']));
  results = await carryOut(liverFibrosis, config, join(scratch, 'run'));
  rows = [...results.values()].flatMap((result) => result.rows);
});

const find = (metric: string, method: string, factors: Row['factors']) =>
  rows.filter(
    (row) =>
      row.metric === metric &&
      row.method === method &&
      Object.entries(factors).every(([name, value]) => row.factors[name] === value),
  );
const scoresOf = (id: string) => decodeScores(results.get(id)!.files!.get(SCORES)!);

test('every network on every split from every seed; conditions of the first; baselines once per split; summaries', () => {
  const trainings = (name: string, seeds: number) =>
    [1, 2].flatMap((split) =>
      Array.from({ length: seeds }, (_, i) => `train ${name} split=${split} seed=${i + 1}`),
    );
  const conditions = [
    'T1w alone',
    'T2w alone',
    'adc alone',
    'no augmentation',
    'labels shuffled',
    'learning curve 12 cases',
  ];
  const baselines = ['mean-adc', 'logistic-regression'];
  assert.equal(
    [...results.keys()].sort(),
    [
      ...['simulate', 'cases', 'population', 'cases for sizes', 'ideal observer', 'occlusion cnn3d'],
      ...['cnn3d', 'mlp'].flatMap((name) => [...trainings(name, 2), `summary ${name}`]),
      ...conditions.flatMap((name) => [...trainings(`cnn3d ${name}`, 1), `summary cnn3d ${name}`]),
      ...baselines.flatMap((name) => [1, 2].map((split) => `baseline ${name} split=${split}`)),
      ...['summary mean ADC', 'summary logistic regression'],
    ].sort(),
  );
});

test('nobody is in two sets of a split, and all classifiers are tested on the same cases', () => {
  for (const split of [1, 2]) {
    const sets = scoresOf(`train cnn3d split=${split} seed=1`);
    assert.equal(
      sets.map(({ set }) => set),
      ['train', 'validation', 'test', 'population'],
    );
    const study = sets.slice(0, 3).flatMap(({ subjects }) => subjects);
    assert.is(new Set(study).size, 40);
    assert.is(study.length, 40);
    const others = [
      `train cnn3d split=${split} seed=2`,
      `train mlp split=${split} seed=1`,
      `baseline mean-adc split=${split}`,
    ];
    for (const id of [...others, `train cnn3d adc alone split=${split} seed=1`]) {
      const same = scoresOf(id).map(({ set, subjects, positive }) => ({ set, subjects, positive }));
      assert.equal(
        same,
        sets.map(({ set, subjects, positive }) => ({ set, subjects, positive })),
        id,
      );
    }
  }
  const [one, two] = [1, 2].map((split) => scoresOf(`train cnn3d split=${split} seed=1`)[2].subjects);
  assert.not.equal(one, two);
});

test('rows of a training are the statistics of its scores, and summaries those of the trainings', () => {
  const ids = [1, 2].flatMap((split) => [1, 2].map((seed) => `train cnn3d split=${split} seed=${seed}`));
  const aucs = ids.map((id) => auc(scoresOf(id)[2]).value);
  ids.forEach((id, i) => {
    const [, split, seed] = /split=(\d) seed=(\d)/.exec(id)!;
    const own = { set: 'test', modality: 'all', split: Number(split), seed: Number(seed) };
    const [row] = find('auc', 'cnn3d', own).filter(({ factors }) => factors.condition === undefined);
    assert.is(row.value, aucs[i]);
  });
  const sorted = aucs.toSorted((a, b) => a - b);
  const [median] = find('auc_median', 'cnn3d', { set: 'test' }).filter(
    ({ factors }) => factors.condition === undefined,
  );
  assert.ok(Math.abs(median.value - (sorted[1] + sorted[2]) / 2) < 1e-12);
  assert.equal([median.ciLow, median.ciHigh], [sorted[0], sorted[3]]);
});

test('a difference is the mean over splits of paired differences on the population', () => {
  const population = (id: string) => scoresOf(id)[3];
  const bySplit = [1, 2].map((split) => {
    const rival = population(`baseline logistic-regression split=${split}`);
    const pairs = [1, 2].map((seed) => {
      const { scores: first, positive } = population(`train cnn3d split=${split} seed=${seed}`);
      return compareAucs({ first, second: rival.scores, positive }).value;
    });
    return (pairs[0] + pairs[1]) / 2;
  });
  const [row] = find('auc_difference', 'cnn3d', { compared_with: 'logistic regression' });
  assert.ok(Math.abs(row.value - (bySplit[0] + bySplit[1]) / 2) < 1e-12);
  assert.ok(row.ciLow < row.value && row.value < row.ciHigh);
});

test('shuffled labels: as many cases are positive, others, test cases included; the population is left alone', () => {
  for (const split of [1, 2]) {
    const shuffled = scoresOf(`train cnn3d labels shuffled split=${split} seed=1`);
    assert.equal(
      shuffled.map(({ set }) => set),
      ['train', 'validation', 'test'],
    );
    const labelsOf = (sets: typeof shuffled) =>
      new Map(
        sets.flatMap(({ subjects, positive }) =>
          subjects.map((subject, i) => [subject, positive[i]] as const),
        ),
      );
    const [before, after] = [
      labelsOf(scoresOf(`train cnn3d split=${split} seed=1`).slice(0, 3)),
      labelsOf(shuffled),
    ];
    assert.equal([...before.keys()].sort(), [...after.keys()].sort());
    const sum = (of: Map<string, number>) => [...of.values()].reduce((total, each) => total + each, 0);
    assert.is(sum(after), sum(before));
    assert.ok([...before].some(([subject, label]) => after.get(subject) !== label));
  }
});

test('the ideal observer has its closed form, for all modalities and each alone', () => {
  const [all] = find('auc_ideal', 'ideal observer', { modality: 'all' });
  assert.ok(Math.abs(all.value - 0.98) < 1e-9);
  for (const modality of MODALITIES) {
    const [alone] = find('auc_ideal', 'ideal observer', { modality });
    assert.ok(alone.value > 0.5 && alone.value < all.value, modality);
  }
});

test('no key depends on the other networks, or on their order', async () => {
  const both = await keysOf(liverFibrosis, await configOf(yaml()));
  const alone = yaml().replace('  - { use: cnn3d, channels: [2], units: 4 }\n', '');
  const one = await keysOf(liverFibrosis, await configOf(alone));
  for (const [id, key] of one) {
    if (/^(train mlp split|cases|population|simulate|baseline)/.test(id)) assert.is(both.get(id), key, id);
  }
  assert.ok(one.has('train mlp split=2 seed=2'));
});

test('cases of one’s own go the same way; too few of a class, or a case without an image, are said', async () => {
  const folder = join(scratch, 'own');
  const settings = LiverSettings.parse({ seed: 9, image: { shape: [8, 8, 8], voxel: [32, 32, 32] } });
  await writeCases(folder, settings, { cases: 24, from: 0, modalities: MODALITIES });
  const own = (more: string[] = []) =>
    yaml([
      'baselines: false',
      'conditions: { alone: false, augmentation: false, shuffled: false, sizes: [] }',
      ...more,
    ])
      .replace(/data: .*/, `data: { folder: ${JSON.stringify(folder)} }`)
      .replace('population: 30', 'population: 0');
  const found = await carryOut(liverFibrosis, await configOf(own()), join(scratch, 'own-run'));
  const [training] = [...found].filter(([id]) => id.startsWith('train cnn3d'));
  assert.equal(
    decodeScores(training[1].files!.get(SCORES)!).map(({ set }) => set),
    ['train', 'validation', 'test'],
  );
  const table = join(folder, 'participants.tsv');
  const text = readFileSync(table, 'utf8');
  writeFileSync(table, text.replace(/\t[2-4]\n/g, '\t1\n').replace(/\t1\n/, '\t3\n'));
  const config = await configOf(own());
  await refused(
    () => liverFibrosis.plan(config),
    '1 of 24 cases is of stage 2 or above; allowed: at least 3 of each class',
  );
});

test('mistakes in a config are named', async () => {
  const mistakes: [string, string, RegExp][] = [
    ['population: 30', 'population: -1', /population/],
    ['use: cnn3d', 'use: cnn4d', /unknown model cnn4d.*did you mean cnn3d/],
    ['units: 4 }', 'unit: 4 }', /unit.*units/],
    ['shape: [8, 8, 8]', 'shape: [2, 8, 8]', /shape/],
    ['auc: 0.98', 'auc: 1', /auc/],
    ['seeds: 2', 'seeds: 2\npositiveFrom: 3', /positiveFrom.*allowed: 2 with virtual cases/],
    ['engine: wasm', 'engine: gpu', /engine/],
    ['test: 0.2', 'test: 0', /test share above 0/],
  ];
  for (const [from, to, message] of mistakes) {
    const { code, stderr } = await inProcess('validate', written(yaml().replace(from, to)));
    assert.is(code, 2, to);
    assert.match(stderr, message);
  }
});

/** The weights of all trainings of a run, by the number of their split and seed. */
function weightsOf(dir: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const key of readdirSync(join(dir, 'cells'))) {
    const folder = join(dir, 'cells', key);
    const { id } = JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8')) as { id: string };
    if (id.startsWith('train ')) found.set(id, readFileSync(join(folder, 'learner.f32')).toString('base64'));
  }
  return found;
}

test('killed in the middle of a training, a run ends with the weights of an unbroken one, with one worker and with two', async () => {
  const more = [
    'baselines: false',
    'conditions: { alone: false, augmentation: false, shuffled: false, sizes: [] }',
  ];
  const config = written(
    yaml(more, 6).replace('count: 2', 'count: 1').replace('population: 30', 'population: 0'),
  );
  const run = (dir: string, workers: number) => ['run', config, '--out', dir, '--workers', String(workers)];
  const whole = join(scratch, 'whole');
  assert.is((await asProcess(run(whole, 2))).code, 0);
  const expected = weightsOf(whole);
  assert.is(expected.size, 4);
  for (const workers of [1, 2]) {
    const dir = join(scratch, `killed-${workers}`);
    await killedInTraining(run(dir, workers), dir);
    assert.is((await asProcess(run(dir, workers))).code, 0);
    assert.equal([...weightsOf(dir)].sort(), [...expected].sort(), `${workers} workers`);
  }
});

test.run();
