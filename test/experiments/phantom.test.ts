import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import phantom from '../../experiments/phantom.ts';
import { byProtocol, type PhantomConfig, type PhantomStudy } from '../../experiments/phantom/config.ts';
import { allTestVoxels, testDataOf, testVoxels, timingMix } from '../../src/simulated/voxels.ts';
import type { Cell, RunContext } from '../../src/contracts/cell.ts';
import { allocateEstimates } from '../../src/contracts/voxels.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { loadFitter, protocolNames } from '../../src/plugins/discover.ts';
import { CodeVersions } from '../../src/runner/code-version.ts';
import { withKeys } from '../../src/runner/plan-cells.ts';
import { cramerRao } from '../../src/signal/cramer-rao.ts';
import { refused } from '../data/refused.ts';
import { taskOf } from './carry-out.ts';
import { madeUp, scratchFolder, tinyStudy, tinyYaml } from '../runner/tiny-study.ts';

const test = suite('experiments: phantom');

const scratch = scratchFolder();
const versions = new CodeVersions();

async function configOf(fitters: readonly object[], set: string[] = []): Promise<PhantomStudy> {
  return (await tinyStudy(scratch, fitters, set)).config as PhantomStudy;
}
async function keysOf(fitters: readonly object[], set: string[] = []): Promise<Map<string, string>> {
  const planned = await withKeys(await phantom.plan(await configOf(fitters, set)), versions);
  return new Map(planned.map(({ cell, key }) => [cell.id, key]));
}

/** Runs cells as a worker would, without a store. */
async function runCell(cell: Cell, files = new Map<string, Uint8Array>()) {
  const context: RunContext = {
    places: undefined,
    cpu: 'Example CPU',
    read: async (_id, file) => files.get(file)!,
    files: async () => files,
    folder: async () => scratch,
    folderOf: () => scratch,
    checkpoint: { read: async () => undefined, write: async () => undefined },
    onProgress: () => undefined,
  };
  return (await taskOf(cell)).run(cell.input, context);
}

const map = { use: 'map' };
const ls = { use: 'ls' };

test('a preparation, a fit per noise level and a timing for every fitter, a bound for every noise level', async () => {
  const cells = await phantom.plan(await configOf([ls, map]));
  const snrs = [100, 20, 10];
  assert.equal(
    cells.map(({ id }) => id),
    [
      ...['ls', 'map'].flatMap((name) => [
        `prepare ${name}`,
        ...snrs.map((snr) => `fit ${name} snr=${snr}`),
        `time ${name}`,
      ]),
      ...snrs.map((snr) => `bound snr=${snr}`),
    ],
  );
  assert.ok(cells.every(({ id, timing }) => (timing ?? false) === id.startsWith('time')));
});

test('no key depends on which other fitters run, or in which order', async () => {
  const all = await keysOf([ls, map, { use: 'segmented' }]);
  const some = await keysOf([map, ls]);
  for (const [id, key] of some) assert.is(all.get(id), key);
});

test('a setting changes the keys of its fitter alone', async () => {
  const one = await keysOf([ls, { use: 'segmented', threshold: 200 }]);
  const other = await keysOf([ls, { use: 'segmented', threshold: 300 }]);
  for (const [id, key] of one) assert.is(other.get(id) === key, !id.includes(' segmented'), id);
});

test('a noise level more changes what uses all of them, and no other fit', async () => {
  const one = await keysOf([ls, map]);
  const more = await keysOf([ls, map], ['data.noise.snr=[100,20,10,5]']);
  const changed = [...one].filter(([id, key]) => more.get(id) !== key).map(([id]) => id);
  // The prior of `map` comes from the voxels of all levels; a timing is of a mix of them.
  assert.equal(changed, [
    'time ls',
    'prepare map',
    'fit map snr=100',
    'fit map snr=20',
    'fit map snr=10',
    'time map',
  ]);
});

test('resamples change the fits and no preparation', async () => {
  const one = await keysOf([map]);
  const other = await keysOf([map], ['statistics.resamples=60']);
  for (const [id, key] of one) assert.is(other.get(id) === key, !id.startsWith('fit'), id);
});

test('how fits are timed changes the times alone', async () => {
  const one = await keysOf([ls]);
  const other = await keysOf([ls], ['timing={warmUpMs: 10, repeats: 5}']);
  for (const [id, key] of one) assert.is(other.get(id) === key, !id.startsWith('time'), id);
  const [cell] = (await phantom.plan(await configOf([ls]))).filter(({ timing }) => timing);
  assert.equal((cell.input as { timing: object }).timing, { warmUpMs: 0, repeats: 3 });
  await refused(
    () => configOf([ls], ['timing.repeats=2']),
    /timing\.repeats: found 2; allowed: an integer from 3/,
  );
});

test('a fitter that trains is refused before any work where there is nothing to train on', async () => {
  let message = '';
  await keysOf([{ use: 'dnn' }]).catch((error: Error) => (message = error.message));
  assert.match(message, /fitter dnn needs voxels to train on/);
});

test('sigma is told as SNR with six digits', async () => {
  const cells = await phantom.plan(await configOf([ls], ['data.noise={sigma: [45]}']));
  assert.is(cells[1].id, 'fit ls snr=33.3333');
});

test('the RMSE of a cell is that of the fitter on the voxels of its level', async () => {
  const config = await configOf([{ use: 'ls-global' }]);
  const cell = (await phantom.plan(config)).find(({ id }) => id === 'fit ls-global snr=20')!;
  const { rows, files } = await runCell(cell);

  const { signals, truth } = testVoxels(config.protocol, testDataOf(config), 75);
  const fitter = (await loadFitter('ls-global')).value;
  const ready = await fitter.prepare({ bValues: signals.bValues, seed: 1 }, config.fitters[0].settings);
  const out = allocateEstimates(signals.n);
  await ready.fit(signals, out);
  for (const parameter of ['D', 'f', 'Dp'] as const) {
    const squares = truth[parameter].map((value, i) => (out[parameter][i] - value) ** 2);
    const rmse = Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / signals.n);
    const row = rows.find((found) => found.metric === 'rmse' && found.parameter === parameter)!;
    assert.ok(Math.abs(row.value / rmse - 1) < 1e-12);
    assert.equal(row.factors, { snr: 20 });
  }
  const npy = files!.get('estimates.npy')!;
  assert.match(new TextDecoder('latin1').decode(npy.subarray(0, 128)), /'descr': '<f8'.*'shape': \(60, 4\)/);
  const table = new Float64Array(npy.slice(-60 * 32).buffer);
  assert.equal([...table.subarray(4 * 59)], [out.S0[59], out.D[59], out.f[59], out.Dp[59]]);
  assert.is(files!.get('status.npy')!.at(-1), out.status[59]);
});

test('what a preparation saved is what its fits use', async () => {
  const config = await configOf([{ use: madeUp('dawdling'), name: 'slow', ms: 0 }]);
  const cells = await phantom.plan(config);
  const saved = await runCell(cells[0]);
  const biasOf = async (files: ReadonlyMap<string, Uint8Array>) =>
    (await runCell(cells[1], new Map(files))).rows.find(
      ({ metric, parameter }) => metric === 'bias' && parameter === 'f',
    )!.value;
  const own = await biasOf(saved.files!);
  const others = await biasOf(new Map([['answer.txt', new TextEncoder().encode('0.5')]]));
  const answer = Number(new TextDecoder().decode(saved.files!.get('answer.txt')));
  assert.ok(Math.abs(others - own - (0.5 - answer)) < 1e-12);
});

test("the study's config asks for the study's voxels", async () => {
  const study = await loadConfig(new URL('../../configs/phantom.yaml', import.meta.url).pathname);
  const config = study.config as PhantomStudy;
  const facts = JSON.parse(
    readFileSync(new URL('../fixtures/phantom-study.json', import.meta.url), 'utf8'),
  ) as { datasets: Record<string, { sumD: number; sumDp: number; sumX: number }> };
  assert.equal(
    config.data.noise.map(({ sigma }) => String(sigma)),
    Object.keys(facts.datasets),
  );
  const { signals, truth } = testVoxels(config.protocol, testDataOf(config), 75);
  const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
  assert.ok(Math.abs(sum(truth.Dp) / facts.datasets['75'].sumDp - 1) < 1e-12);
  // The checksum leaves out b = 0, where every normalised signal is 1.
  assert.ok(Math.abs((sum(signals.values) - signals.n) / facts.datasets['75'].sumX - 1) < 1e-12);
});

test('the cohort is all levels one after the other, the timing mix takes them in turn', async () => {
  const config = await configOf([ls]);
  const { protocol } = config;
  const data = testDataOf(config);
  // From the least noise to the most: sigma is S0 / SNR.
  const sets = [15, 75, 150].map((sigma) => testVoxels(protocol, data, sigma).signals);
  const width = protocol.bValues.length;
  const all = allTestVoxels(protocol, data);
  assert.is(all.n, 180);
  assert.equal([...all.values.subarray(60 * width, 61 * width)], [...sets[1].values.subarray(0, width)]);
  const mix = timingMix(protocol, data, 10);
  assert.is(mix.n, 9);
  assert.equal(
    [...mix.values.subarray(4 * width, 5 * width)],
    [...sets[1].values.subarray(width, 2 * width)],
  );
  assert.equal(
    [...mix.sigma!.subarray(0, 3)],
    sets.map(({ sigma }) => sigma![0]),
  );
});

test('the code of a fitter is part of its keys', async () => {
  const cells = await phantom.plan(await configOf([{ use: madeUp('halfway') }]));
  const { hash } = await versions.of(pathToFileURL(madeUp('halfway')).href);
  for (const { cell, parts } of await withKeys(cells, versions)) {
    const covers = parts.code.some((code) => code.hash === hash);
    assert.is(covers, cell.task.name !== 'bound', cell.id);
    assert.is(JSON.stringify(parts.input).includes(hash), covers, cell.id);
  }
});

test('the bound of a cell is that of its voxels, whatever the fitters', async () => {
  const config = await configOf([ls]);
  const cell = (await phantom.plan(config)).find(({ id }) => id === 'bound snr=20')!;
  const { rows } = await runCell(cell);
  const { truth } = testVoxels(config.protocol, testDataOf(config), 75);
  const variances = truth.D.map((D, i) => {
    const tissue = { S0: 1500, D, f: truth.f[i], Dp: truth.Dp[i] };
    return cramerRao(Float64Array.from(config.protocol.bValues), tissue, 75).Dp ** 2;
  });
  const row = rows.find(({ metric, parameter }) => metric === 'crlb' && parameter === 'Dp')!;
  const known = Math.sqrt(variances.reduce((sum, variance) => sum + variance, 0) / variances.length);
  assert.ok(Math.abs(row.value / known - 1) < 1e-9);
  assert.equal([row.method, row.factors, row.unit, row.n], ['bound', { snr: 20 }, 'mm²/s', 60]);
});

const THREE = 'protocols=[barbieri-2020, {name: mine, bValues: [0, 0, 20, 80, 80, 300, 800]}, osipi-brain]';

/** A study of several protocols has no `protocol`. */
async function severalOf(fitters: readonly object[], protocols = THREE) {
  const file = join(scratch, 'several.yaml');
  writeFileSync(file, tinyYaml(fitters).replace(/^protocol:.*\n/m, ''));
  return (await loadConfig(file, { set: [protocols] })).config as PhantomConfig;
}

test('several protocols: the cells of each, told apart by its name, and keys that the others have no part in', async () => {
  const cells = await phantom.plan(await severalOf([ls, map]));
  const alone = await phantom.plan(await configOf([ls, map]));
  assert.equal(
    cells.map(({ id }) => id),
    ['barbieri-2020', 'mine', 'osipi-brain'].flatMap((name) =>
      alone.map(({ id }) => `${id} protocol=${name}`),
    ),
  );
  const ids = new Set(cells.map(({ id }) => id));
  assert.ok(cells.every(({ needs }) => Object.values(needs).every((id) => ids.has(id))));
  const keys = async (planned: readonly Cell[]) =>
    new Map((await withKeys(planned, versions)).map(({ cell, key }) => [cell.id, key]));
  const [all, one] = [
    await keys(cells),
    await keys(await phantom.plan(await severalOf([ls], 'protocols=[osipi-brain]'))),
  ];
  for (const [id, key] of one) assert.is(all.get(id), key, id);
  assert.is(new Set(all.values()).size, cells.length);
});

test('several protocols: each is fitted as it is alone, and its rows say which it is', async () => {
  const config = await severalOf([{ use: 'ls-global' }]);
  const rowsOf = async (whole: PhantomConfig, id: string) => {
    const cell = (await phantom.plan(whole)).find((each) => each.id === id)!;
    return (await runCell(cell)).rows;
  };
  const alone = await rowsOf(await configOf([{ use: 'ls-global' }]), 'fit ls-global snr=20');
  const beside = await rowsOf(config, 'fit ls-global snr=20 protocol=barbieri-2020');
  assert.equal(
    beside,
    alone.map((row) => ({ ...row, factors: { protocol: 'barbieri-2020', ...row.factors } })),
  );
  const mine = await rowsOf(config, 'fit ls-global snr=20 protocol=mine');
  assert.ok(mine.every(({ factors }) => factors.protocol === 'mine'));
  const study = byProtocol(config).get('mine')!;
  assert.equal(
    [...testVoxels(study.protocol, testDataOf(study), 75).signals.bValues],
    [0, 20, 80, 80, 300, 800],
  );
});

test('a protocol with voxels of its own goes by those, the others by those of the study', async () => {
  const tissues = '[{D: 0.001, f: 0.1, Dp: 0.02}, {D: 0.002, f: 0.3, Dp: 0.05}]';
  const tissue = 'tissue: {D: {uniform: [0, 0.01]}, f: {uniform: [0, 1]}, Dp: {uniform: [0, 0.5]}}';
  const data = `{voxels: 5, S0: 1, noise: {snr: [7, 9]}, ${tissue}, tissues: ${tissues}}`;
  const training = '{voxels: 3, noise: {sigma: {constant: 0.1}}}';
  const config = await severalOf(
    [ls],
    `protocols=[barbieri-2020, {protocol: osipi-brain, data: ${data}, training: ${training}}]`,
  );
  const cells = await phantom.plan(config);
  const levels = (name: string) =>
    cells.flatMap(({ id }) => (id.startsWith('fit ') && id.endsWith(name) ? [id.split(' ')[2]] : []));
  assert.equal(levels('barbieri-2020'), ['snr=100', 'snr=20', 'snr=10']);
  assert.equal(levels('osipi-brain'), ['snr=7', 'snr=9']);
  const own = byProtocol(config).get('osipi-brain')!;
  const { truth } = testVoxels(own.protocol, testDataOf(own), 1 / 9);
  assert.equal([...truth.f], [0.1, 0.3, 0.1, 0.3, 0.1]);
  assert.is(own.training!.voxels, 3);
  const [alone] = (await configOf([ls])).data.noise;
  assert.equal(byProtocol(config).get('barbieri-2020')!.data.noise[0], alone);
  await refused(() => severalOf([ls], 'protocols=[{protocol: osipi-brain, dta: {}}]'), 'protocols[0]');
  await refused(() => severalOf([ls], 'protocols=[{protocol: osipi-brian}]'), 'osipi-brian');
  await refused(
    () => severalOf([ls], `protocols=[{protocol: osipi-brain, data: ${data.replace('5', '0')}}]`),
    'protocols[0].data.voxels',
  );
});

test('`all` are the protocols kept with the program; one or several, not both, not one twice', async () => {
  const config = await severalOf([ls], 'protocols=all');
  assert.equal([...byProtocol(config).keys()], protocolNames());
  await refused(
    () => configOf([ls], ['protocols=all']),
    'protocols: found beside `protocol`; allowed: one of the two',
  );
  await refused(
    () => severalOf([ls], 'protocols=[osipi-brain, osipi-brain]'),
    'found a second protocol called osipi-brain',
  );
  await refused(
    () => severalOf([ls], 'seed=1'),
    'protocol: missing; allowed: a protocol, or several of them as `protocols`',
  );
});

test('a protocol that a fitter can’t do with is refused before any work, where it is one of several, too', async () => {
  const refuse = (protocols: string, fitter: object, word: string) =>
    refused(async () => phantom.plan(await severalOf([fitter], protocols)), word);
  const one = 'protocols=[barbieri-2020, {name: low, bValues: [0, 50, 100, 400, 400]}]';
  for (const use of ['segmented', 'segmented-s0', 'log-linear', 'wls']) {
    await refuse(one, { use }, `${use}: threshold`);
  }
  await refuse(one, { use: 'sivim', low: 400 }, 'the first must be below the second');
  await refuse(one, { use: 'triexponential' }, 'needs as many');
});

test.run();
