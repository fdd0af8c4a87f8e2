import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import snrBoost from '../../experiments/snr-boost.ts';
import type { SnrBoostConfig } from '../../experiments/snr-boost/config.ts';
import type { CellResult } from '../../src/contracts/cell.ts';
import type { Row } from '../../src/contracts/metric.ts';
import { decodeBrains } from '../../src/synthesised/packed-brains.ts';
import { asProcess } from '../commands/command-line.ts';
import { refused } from '../data/refused.ts';
import { scratchFolder } from '../runner/tiny-study.ts';
import { carryOut, keysOf } from './carry-out.ts';
import { writtenConfigs } from './written-configs.ts';
import { killedInTraining } from './killed-run.ts';

const test = suite('experiments: snr boost');
const scratch = scratchFolder();

/** Tiny images and networks: that the numbers fit together, not that they are good. */
const yaml = (more: readonly string[] = [], epochs = 2): string =>
  [
    'experiment: snr-boost',
    'seed: 7',
    'data:',
    '  virtual:',
    '    training: 3',
    '    validation: 2',
    '    test: 3',
    '    other: 2',
    '    image: { size: 16, pixel: 12, slices: 2, gap: 20 }',
    '    lesions: { radius: [20, 30] }',
    'engine: wasm',
    `training: { epochs: ${epochs}, everyOrientation: false }`,
    'models:',
    '  - { use: unet, channels: [2, 2] }',
    ...more,
    '',
  ].join('\n');

const { written, configOf } = writtenConfigs<SnrBoostConfig>(scratch);

let results: Map<string, CellResult>;
let rows: Row[];
test.before(async () => {
  results = await carryOut(snrBoost, await configOf(yaml()), join(scratch, 'run'));
  rows = [...results.values()].flatMap((result) => result.rows);
});

const find = (metric: string, method: string, factors: Row['factors']): Row[] =>
  rows.filter(
    (row) =>
      row.metric === metric &&
      row.method === method &&
      Object.entries(factors).every(([factor, value]) => row.factors[factor] === value) &&
      ('shift' in factors || row.factors.shift === undefined) &&
      ('condition' in factors || row.factors.condition === undefined),
  );
const only = (metric: string, method: string, factors: Row['factors']): Row => {
  const found = find(metric, method, factors);
  assert.is(found.length, 1, `${metric} of ${method}: ${found.length}`);
  return found[0];
};

test('acquired images: the floor is a share of one repetition’s error, and lesions keep all of their contrast', () => {
  for (const set of ['test', 'other']) {
    const one = only('rmse_percent', 'one repetition', { set, reference: 'six' });
    assert.ok(Math.abs(only('rmse_floor', 'noise floor', { set }).value - one.value / Math.sqrt(7)) < 1e-9);
    const six = only('rmse_percent', 'six repetitions', { set, reference: 'truth' });
    const alone = only('rmse_percent', 'one repetition', { set, reference: 'truth' });
    // Independent noise: sqrt(6) apart, but for scatter over some hundred pixels.
    assert.ok(Math.abs(alone.value / six.value / Math.sqrt(6) - 1) < 0.15, `${alone.value} ${six.value}`);
    for (const lesion of ['seen', 'unseen']) {
      assert.ok(Math.abs(only('lesion_contrast', 'one repetition', { set, lesion }).value - 1) < 1e-6);
    }
  }
  assert.equal(find('rmse_percent', 'six repetitions', { reference: 'six' }), []);
});

test('the repetition that is given is among the six where the study says so', async () => {
  const distance = async (more: readonly string[]) => {
    const config = await configOf(yaml(['baselines: false', 'shifts: false', ...more], 1));
    const dir = join(scratch, `among-${more.length}`);
    const all = [...(await carryOut(snrBoost, config, dir)).values()].flatMap((result) => result.rows);
    const of = (metric: string, method: string) =>
      all.find(
        (row) =>
          row.metric === metric &&
          row.method === method &&
          row.factors.set === 'test' &&
          (metric === 'rmse_floor' || row.factors.reference === 'six'),
      )!.value;
    return { one: of('rmse_percent', 'one repetition'), floor: of('rmse_floor', 'noise floor') };
  };
  const [apart, among] = [await distance([]), await distance(['inputAmongSix: true'])];
  assert.ok(Math.abs(apart.floor / apart.one - Math.sqrt(1 / 7)) < 1e-9);
  assert.ok(Math.abs(among.floor / among.one - Math.sqrt(1 / 6)) < 1e-9);
  // sqrt((1 - 1/6) / (1 + 1/6)) = .845.
  assert.ok(Math.abs(among.one / apart.one - Math.sqrt(5 / 7)) < 0.06, `${among.one} ${apart.one}`);
});

test('a difference is that of the means on the same subjects, and its sign is turned round by its rival’s', () => {
  const mine = only('rmse_percent', 'unet', { set: 'test', reference: 'truth', seed: 1 });
  const theirs = only('rmse_percent', 'Gaussian filter', { set: 'test', reference: 'truth' });
  const difference = only('rmse_percent_difference', 'unet', {
    set: 'test',
    reference: 'truth',
    compared_with: 'Gaussian filter',
  });
  assert.ok(Math.abs(difference.value - (mine.value - theirs.value)) < 1e-9);
  assert.is(difference.n, 3);
  const names = find('rmse_percent_difference', 'unet', { set: 'other', reference: 'six' }).map(
    ({ factors }) => factors.compared_with,
  );
  assert.equal(names.sort(), [
    'Gaussian filter',
    'non-local means',
    'one repetition',
    'total variation',
    'unet, one acquisition per subject',
    'unet, one repetition alone',
    'unet, trained on the truth',
    'unet, weighted images dropped',
  ]);
});

test('shifts are of networks that see weighted images, structure leaks through them alone', () => {
  const conditions = ['', 'weighted images dropped'];
  for (const condition of conditions) {
    const of: Row['factors'] = condition === '' ? {} : { condition };
    for (const shift of ['T2w zeroed', 'PDw and T2w zeroed', 'moved by 6 mm', 'swapped']) {
      assert.is(
        find('rmse_percent', 'unet', { ...of, set: 'test', reference: 'truth', shift }).length,
        1,
        shift,
      );
    }
    assert.is(find('structure_leak', 'unet', { ...of, set: 'test', shift: 'swapped' }).length, 1);
  }
  for (const condition of ['one repetition alone', 'trained on the truth', 'one acquisition per subject']) {
    const own = rows.filter(({ factors }) => factors.condition === condition);
    assert.ok(own.length > 0 && own.every(({ factors }) => factors.shift === undefined), condition);
  }
});

test('every set has its own subjects; those of results are there with and without lesions', () => {
  const sets = ['training', 'validation', 'test', 'other'].map((id) => decodeBrains(results.get(id)!.files!));
  const all = sets.flatMap(({ subjects }) => [...new Set(subjects)]);
  assert.is(new Set(all).size, all.length);
  assert.equal(
    sets.map(({ subjects }) => subjects.length),
    [3, 2, 9, 6],
  );
  assert.equal(sets[2].lesions.slice(0, 3), ['none', 'seen', 'unseen']);
  assert.ok(sets[1].lesions.every((kind) => kind === 'none'));
  for (const { images } of sets) assert.ok(images.one.every(Number.isFinite));
});

test('neither the name of a network nor other networks change a training', async () => {
  const keys = await keysOf(snrBoost, await configOf(yaml()));
  const more = await keysOf(
    snrBoost,
    await configOf(yaml(['  - { use: unet, name: wide, channels: [3, 2] }'])),
  );
  assert.is(more.get('train unet seed=1'), keys.get('train unet seed=1'));
  const other = await keysOf(snrBoost, await configOf(yaml(['inputAmongSix: true'])));
  assert.is.not(other.get('test'), keys.get('test'));
});

test('subjects that are written and read back give the same images of the same network, and no truth', async () => {
  const few = [
    'conditions: { alone: false, dropped: 0 }',
    'shifts: true',
    'training: { epochs: 1, noise: acquired }',
  ].join('\n');
  const text = yaml().replace('training: { epochs: 2, everyOrientation: false }', few);
  const virtual = await configOf(text.replace('{ alone: false', '{ target: false, alone: false'));
  const folder = join(scratch, 'written');
  const request = {
    file: 'study.yaml',
    title: 'Test',
    out: folder,
    training: false,
    onProgress: () => undefined,
  };
  await snrBoost.simulate!(virtual, request);
  const begin = text.indexOf('  virtual:');
  const end = text.indexOf('engine: wasm');
  const own = await configOf(`${text.slice(0, begin)}  folder: ${folder}\n${text.slice(end)}`);
  assert.equal(await snrBoost.remarks!(own), { notes: [], leftOut: [] });
  const [simulated, read] = await Promise.all(
    [virtual, own].map(async (config, i) =>
      [...(await carryOut(snrBoost, config, join(scratch, `way-${i}`))).values()].flatMap(
        (result) => result.rows,
      ),
    ),
  );
  const pick = (all: readonly Row[], metric: string, method: string) =>
    all.filter((row) => row.metric === metric && row.method === method && row.factors.reference !== 'truth');
  for (const method of ['one repetition', 'Gaussian filter', 'unet']) {
    const [a, b] = [simulated, read].map((all) => pick(all, 'rmse_percent', method));
    assert.is(a.length, method === 'unet' ? 11 : 3, method);
    assert.equal(b, a);
  }
  assert.ok(
    read.every(
      ({ factors, metric }) =>
        factors.reference !== 'truth' && metric !== 'lesion_contrast' && metric !== 'structure_leak',
    ),
  );
  assert.is(read.filter(({ method }) => method === 'six repetitions').length, 0);
  // The floor is estimated from some hundred pixels with six degrees of freedom each.
  for (const set of ['test', 'other']) {
    const [known, estimated] = [simulated, read].map(
      (all) => pick(all, 'rmse_floor', 'noise floor').find(({ factors }) => factors.set === set)!.value,
    );
    assert.ok(Math.abs(estimated / known - 1) < 0.1, `${known} ${estimated}`);
  }
  const again = { ...own, training: { ...own.training, noise: 'fresh' as const } };
  await refused(
    () =>
      configOf(
        `${text.slice(0, begin)}  folder: ${folder}\n${text.slice(end)}`.replace(
          'noise: acquired',
          'noise: fresh',
        ),
      ),
    /noise: found fresh; allowed: acquired where `data.folder` is given/,
  );
  await refused(
    () => snrBoost.simulate!(again, request),
    /nothing is simulated here: the subjects are read from/,
  );
  await refused(
    () => configOf(text.replace('engine: wasm', 'engine: wasm\nweighted: [T1w]')),
    /weighted: found T1w; allowed: PDw and T2w/,
  );
});

test('networks of classes, and what makes no sense, are refused', async () => {
  const config = await configOf(
    yaml(['conditions: { alone: false, target: false, acquired: false, dropped: 0 }']).replace(
      '{ use: unet, channels: [2, 2] }',
      'mlp',
    ),
  );
  await carryOut(snrBoost, config, join(scratch, 'classes')).then(
    () => assert.unreachable(),
    ({ message }: Error) =>
      assert.match(message, /returns \[1\] for a case of \[16, 16, 3\]; allowed here: \[16, 16, 1\]/),
  );
  await refused(() => configOf(yaml().replace('size: 16', 'size: 8')), /size: found 8; allowed/);
  await refused(() => configOf(yaml(['conditions: { dropped: 1 }'])), /dropped: found 1; allowed/);
  await refused(() => configOf(yaml().replace('[20, 30]', '[30, 20]')), /radius.*the lower first/);
});

test('a training that is killed ends with the weights of one that was not', async () => {
  const study = written(
    yaml(
      [
        'conditions: { alone: false, target: false, acquired: false, dropped: 0 }',
        'baselines: false',
        'shifts: false',
      ],
      6,
    ),
  );
  const run = (dir: string) => ['run', study, '--out', dir, '--quiet', '--workers', '1'];
  const weightsOf = (dir: string): string[] =>
    readdirSync(join(dir, 'cells'))
      .flatMap((cell) => readdirSync(join(dir, 'cells', cell)).map((file) => join(dir, 'cells', cell, file)))
      .filter((file) => file.endsWith('learner.f32'))
      .map((file) => readFileSync(file).toString('base64'));
  const [whole, dir] = [join(scratch, 'whole'), join(scratch, 'killed')];
  assert.is((await asProcess(run(whole))).code, 0);
  await killedInTraining(run(dir), dir);
  assert.is((await asProcess(run(dir))).code, 0);
  assert.equal(weightsOf(dir), weightsOf(whole));
  assert.is(weightsOf(dir).length, 1);
});

test.run();
