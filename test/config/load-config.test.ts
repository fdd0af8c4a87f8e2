import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { InputError } from '../../src/contracts/input-error.ts';
import type { SimulatedConfig } from '../../src/simulated/config.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { refused } from '../data/refused.ts';
import { scratchFolder } from '../data/scratch-folder.ts';

const test = suite('load-config');
const { put } = scratchFolder();
const configs = fileURLToPath(new URL('../../configs/', import.meta.url));
const study = readFileSync(`${configs}phantom.yaml`, 'utf8');
const load = async (file: string, ...set: string[]) =>
  (await loadConfig(file, { set })).config as unknown as SimulatedConfig;
const changed = (from: string, to: string) => {
  assert.ok(study.includes(from), from);
  return put('changed.yaml', study.replace(from, to));
};

test('the study in full: protocol, noise as SNR, fitters with their settings', async () => {
  const { title, experiment } = await loadConfig(`${configs}phantom.yaml`);
  assert.equal([title, experiment], ['The phantom study of Barbieri 2020', 'phantom']);
  const config = await load(`${configs}phantom.yaml`);
  assert.equal(config.protocol.bValues, [0, 10, 20, 60, 150, 300, 500, 1000]);
  assert.equal(config.data.noise[0], { sigma: 15, snr: 100 });
  assert.equal(config.data.noise[4], { sigma: 75, snr: 20 });
  assert.is(config.data.noise.length, 10);
  assert.equal(config.data.seeds, { parameters: 133, noise: 466 });
  assert.equal(config.training?.seeds, { parameters: 123, noise: 456 });
  assert.equal(
    config.fitters.map(({ name }) => name),
    ['ls', 'ls-global', 'segmented', 'map', 'dnn', 'mmse'],
  );
  assert.is((config.fitters[2].settings as { threshold: number }).threshold, 250);
  for (const { module } of config.fitters) assert.match(module, /^file:.*\/src\/fitters\/[a-z-]+\.ts$/);
});

test('plain data: what a worker or run.json gets is what was loaded', async () => {
  const loaded = await loadConfig(`${configs}smoke.yaml`);
  assert.equal(JSON.parse(JSON.stringify(loaded)), loaded);
  assert.equal(structuredClone(loaded), loaded);
});

test('SNR and sigma say the same, and the order of keys says nothing', async () => {
  const bySnr = changed('sigma: [15, 30, 45, 60, 75, 90, 105, 120, 135, 150]', 'snr: [100, 50, 20]');
  assert.equal((await load(bySnr)).data.noise, [
    { sigma: 15, snr: 100 },
    { sigma: 30, snr: 50 },
    { sigma: 75, snr: 20 },
  ]);
  const lines = study.split(/\n(?=\w)/);
  const turned = put('turned.yaml', lines.reverse().join('\n') + '\n');
  assert.equal(await load(turned), await load(`${configs}phantom.yaml`));
});

test('defaults are filled in', async () => {
  const config = await load(changed('statistics: { resamples: 1000 }\n', ''));
  assert.is(config.statistics.resamples, 1000);
  const title = (await loadConfig(changed('title: The phantom study of Barbieri 2020\n', ''))).title;
  assert.is(title, 'Phantom: error against SNR');
});

test('an inline protocol, aliases, and one fitter twice under two names', async () => {
  const inline = await load(changed('barbieri-2020', '{ bValues: [0, 50, 100, 800] }'));
  assert.equal(inline.protocol, {
    name: 'inline',
    source: 'given in the config',
    bValues: [0, 50, 100, 800],
  });
  const twice = await load(changed('- ls-global', '- { use: segmented, name: early, threshold: 100 }'));
  assert.equal([twice.fitters[1].name, twice.fitters[1].use], ['early', 'segmented']);
  const alias = await load(
    changed(
      'Dp: { uniform: [0.01, 0.1] }\n    D: { uniform: [0.0005, 0.002] }',
      'Dp: &a { uniform: [0.01, 0.1] }\n    D: *a',
    ),
  );
  assert.equal(alias.data.tissue.D, alias.data.tissue.Dp);
});

test('--set: values, lists, items by name or index, a fitter given settings', async () => {
  const config = await load(
    `${configs}phantom.yaml`,
    'data.noise={snr: [20]}',
    'data.voxels=7',
    'fitters.dnn.epochs=3',
    'fitters[2].threshold=300',
    'training.tissue={D: {constant: .001}, Dp: {constant: .05}, f: {constant: .2}}',
    'statistics.resamples=50',
  );
  assert.equal(config.data.noise, [{ sigma: 75, snr: 20 }]);
  assert.is(config.data.voxels, 7);
  assert.is((config.fitters[4].settings as { epochs: number }).epochs, 3);
  assert.is((config.fitters[2].settings as { threshold: number }).threshold, 300);
  assert.equal(config.training?.tissue?.f, { constant: 0.2 });
  const last = await load(`${configs}phantom.yaml`, 'seed=1', 'seed=2');
  assert.is(last.seed, 2);
  const missing = changed('statistics: { resamples: 1000 }\n', '');
  assert.is(
    (await load(missing, 'statistics.resamples=77')).statistics.resamples,
    77,
    'a section that was not there',
  );
});

test('a fitter from a path: relative to the config, and in --set to the current folder', async () => {
  put('mine.ts', `export default { label: 'Mine', source: 'test', prepare() {} };`);
  const config = await load(changed('- ls-global', '- ./mine.ts'));
  assert.equal([config.fitters[1].name, config.fitters[1].settings], ['mine', {}]);
  const here = 'test/fitting/slope-fitter.ts';
  for (const word of [
    `fitters=[${here}]`,
    `fitters[0]=${here}`,
    `fitters[0]={use: ${here}}`,
    `fitters.ls.use=${here}`,
  ]) {
    const [first] = (await load(`${configs}phantom.yaml`, word)).fitters;
    assert.is(first.module, pathToFileURL(here).href, word);
    assert.is(first.name, 'slope-fitter');
  }
});

test('a problem says its place: the key, the value, through an alias, or the --set it came from', async () => {
  const at = (from: string, to: string, ...says: string[]) => refused(() => load(changed(from, to)), ...says);
  await at('S0: 1500', 'S0: -1500', 'changed.yaml:10:7: data.S0: found -1500; allowed: a number above 0');
  await at(
    'S0: 1500',
    'SO: 1500',
    'changed.yaml:10:3: data.SO: unknown key SO',
    'did you mean S0?',
    'data.S0: missing',
  );
  await at('S0: 1500\n', '\n', 'changed.yaml:9:3: data.S0: missing; allowed: a number above 0');
  await at('S0: 1500', 'S0:', 'data.S0: found nothing');
  await at('{ uniform: [0.0005, 0.002] }', '{ normal: { mean: 1 } }', 'data.tissue.D.normal.sd: missing');
  await at(
    '{ uniform: [0.0005, 0.002] }',
    '{ logNormal: { median: 0.003, sd: 1, within: [0.0005, 0.002] } }',
    'data.tissue.D.logNormal: found a median outside `within`; allowed: one inside',
  );
  await refused(
    () => load(`${configs}phantom.yaml`, 'data.tissue.D={uniform: [1]}'),
    '--set data.tissue.D={uniform: [1]}: data.tissue.D.uniform: found [1]',
  );
});

test('everything that is wrong is said at once, a line each, in the head of a config as in what its experiment adds', async () => {
  const file = put(
    'wrong.yaml',
    study
      .replace(/^title: .*$/m, 'title: 3')
      .replace('S0: 1500', 'S0: -1500')
      .replace('  - dnn\n', '  - dnm\n  - { use: segmented, treshold: 200 }\n')
      .replace('statistics:', 'sed: 1\nstatistic:'),
  );
  let faults: readonly string[] = [];
  try {
    await load(file);
  } catch (error) {
    ({ faults } = error as InputError);
  }
  for (const says of [
    /:\d+:\d+: title: found 3; allowed: /,
    /:\d+:\d+: data\.S0: found -1500; /,
    /:\d+:\d+: fitters\[4\]: .*dnm.*did you mean dnn/,
    /:\d+:\d+: fitters\[5\]\.treshold: unknown key treshold; .*did you mean threshold\?$/,
    /:\d+:\d+: sed: unknown key sed; .*did you mean seed/,
    /:\d+:\d+: statistic: unknown key statistic; .*did you mean statistics\?$/,
  ]) {
    assert.is(
      faults.filter((fault) => says.test(fault)).length,
      1,
      `${String(says)} in:\n${faults.join('\n')}`,
    );
  }
  assert.is(faults.length, 6, faults.join('\n'));
});

test('a file that is not YAML: every line that is wrong', async () => {
  const file = put('no.yaml', 'experiment: phantom\nseed: [1, 2\ntitle: "a\n');
  await refused(() => load(file), /no\.yaml:\d+:\d+: not valid YAML: /);
  const twice = put('twice.yaml', 'experiment: phantom\nseed: 1\nseed: 2\ntitle: a\ntitle: b\n');
  await refused(
    () => load(twice),
    'twice.yaml:3:1: found the key seed a second time',
    'twice.yaml:5:1: found the key title a second time',
  );
});

test('repeats: a fitter several times under names of its own, from which seeds follow', async () => {
  const file = changed('  - dnn\n', '  - { use: dnn, name: net, repeats: 3, epochs: 5 }\n');
  const nets = (await load(file)).fitters.filter(({ use }) => use === 'dnn');
  assert.equal(
    nets.map(({ name, repeat }) => [name, repeat]),
    [1, 2, 3].map((number) => [`net-${number}`, { of: 'net', number }]),
  );
  for (const { settings } of nets) assert.is((settings as { epochs: number }).epochs, 5);
  await refused(
    () => load(file, 'fitters.net.repeats=1'),
    'fitters[4].repeats',
    '1',
    'an integer from 2 to 1000',
  );
  await refused(() => load(file, 'fitters.net.repeats=many'), 'fitters[4].repeats', 'many');
  await refused(
    () => load(file, 'fitters.mmse={use: ls, name: net-2}'),
    'fitters[5]',
    'net-2',
    'each name once',
  );
});

test('a fitter’s name that is no text is told by its place, not as a program without one', async () => {
  const file = changed('  - dnn\n', '  - { use: dnn, name: 5 }\n');
  await refused(() => load(file), 'fitters[4].name: found 5; allowed: a text');
});

test.run();
