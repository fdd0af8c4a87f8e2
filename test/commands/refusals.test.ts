import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { scratchFolder } from '../data/scratch-folder.ts';
import { asProcess, inProcess, root, type Answer } from './command-line.ts';

const test = suite('refusals');
const { path, put } = scratchFolder();
const smoke = readFileSync(`${root}configs/smoke.yaml`, 'utf8');
const out = path('out');

/** Exit code 2, a line for each fault that say all of `says`, no stack trace, nothing on standard output, nothing written. */
function mustRefuse({ code, stdout, stderr }: Answer, says: readonly string[]): void {
  assert.is(code, 2, stderr);
  assert.is(stdout, '');
  assert.match(stderr, /^(error: [^\n]+\n)+$/);
  assert.not.match(stderr, /\n\s+at |node:internal|\.ts:\d+:\d+\)/);
  for (const word of says) assert.ok(stderr.includes(word), `expected ${word} in: ${stderr}`);
  assert.not(existsSync(out), 'something was written');
}

/** The study of seconds with one piece of its text replaced: what `run` must say of it. */
const changes: readonly [what: string, from: string | RegExp, to: string, ...says: string[]][] = [
  [
    'a word for a number',
    'voxels: 200',
    'voxels: many',
    'c.yaml:9:11: data.voxels: found "many"',
    'an integer from 1',
  ],
  ['half a voxel', 'voxels: 200', 'voxels: 0.5', ':9:11: data.voxels: found 0.5'],
  [
    'a mistyped key',
    'voxels: 200',
    'voxls: 200',
    ':9:3: data.voxls: unknown key voxls',
    'did you mean voxels?',
  ],
  ['a section twice', 'seed: 2020', 'seed: 1\nseed: 2', ':7:1: found the key seed a second time'],
  ['a missing section', /^protocol.*$/m, '', 'protocol: missing'],
  [
    'negative noise',
    'snr: [100, 20, 10]',
    'sigma: [15, -30]',
    ':12:17: data.noise.sigma[1]: found -30',
    'a number above 0',
  ],
  ['NaN for an SNR', 'snr: [100, 20, 10]', 'snr: [.nan]', 'data.noise.snr[0]: found NaN'],
  ['an infinite SNR', 'snr: [100, 20, 10]', 'snr: [.inf]', 'data.noise.snr[0]: found Infinity'],
  [
    'sigma and SNR',
    'snr: [100, 20, 10]',
    'snr: [20]\n    sigma: [75]',
    'data.noise: found',
    'exactly one of the keys sigma, snr',
  ],
  ['no noise levels', 'snr: [100, 20, 10]', 'snr: []', 'data.noise.snr: found []', 'one or more'],
  ['a noise level twice', 'snr: [100, 20, 10]', 'snr: [20, 20]', 'data.noise.snr[1]: found 20 twice'],
  [
    'noise levels with the same SNR in six digits',
    'snr: [100, 20, 10]',
    'sigma: [15, 30, 15.0000001]',
    ':12:21: data.noise.sigma[2]: found 15.0000001 beside 15',
    'six digits (100)',
  ],
  [
    'an unknown protocol',
    'barbieri-2020',
    'barbieri-2002',
    ':7:11: protocol:',
    'did you mean barbieri-2020?',
  ],
  [
    'b-values unsorted',
    'barbieri-2020',
    '{ bValues: [0, 50, 10, 500] }',
    'protocol.bValues[2]: found 10 after 50',
    'ascending',
  ],
  [
    'too few different b-values',
    'barbieri-2020',
    '{ bValues: [0, 50, 50, 51] }',
    'protocol.bValues: found 2 different b-values; allowed: at least 3',
  ],
  [
    'b-values in ms/µm²',
    'barbieri-2020',
    '{ bValues: [0, 0.05, 0.1, 1] }',
    'protocol.bValues: found 1 as the largest b-value',
    'ms/µm²',
  ],
  [
    'b-values in s/m²',
    'barbieri-2020',
    '{ bValues: [0, 50000000, 100000000, 1000000000] }',
    'impossible',
    's/m²',
  ],
  [
    'no b=0',
    'barbieri-2020',
    '{ bValues: [10, 50, 100, 500] }',
    'protocol.bValues[0]: found 10',
    'allowed: 0',
  ],
  ['a negative b-value', 'barbieri-2020', '{ bValues: [0, -5, 100, 500] }', 'protocol.bValues[1]: found -5'],
  [
    'too few b-values',
    'barbieri-2020',
    '{ bValues: [0, 500] }',
    'protocol.bValues: found [0, 500]',
    'at least 3',
  ],
  [
    'an unknown fitter',
    '- ls-global',
    '- ls-globl',
    ':25:5: fitters[1]: unknown fitter ls-globl',
    'did you mean ls-global?',
  ],
  ['a fitter twice', '- ls-global', '- ls', ':25:5: fitters[1]: found a second fitter called ls'],
  ['no such plug-in', '- ls-global', '- ./mine.ts', 'fitters[1]: fitter ./mine.ts: there is no file'],
  [
    'a mistyped setting',
    'threshold: 250',
    'treshold: 250',
    ':26:23: fitters[2].treshold',
    'did you mean threshold?',
  ],
  ['a wrong setting', 'epochs: 20', 'epochs: -1', 'fitters[4].epochs: found -1'],
  [
    'a mistyped word',
    'prior: empirical',
    'prior: empiricl',
    'fitters[3].prior: found "empiricl"',
    'did you mean empirical?',
  ],
  ['a fitter that is a number', '- ls-global', '- 7', ':25:5: fitters[1]: found 7'],
  [
    'a backward range',
    '[0.01, 0.1]',
    '[0.1, 0.01]',
    'data.tissue.Dp.uniform: found [0.1, 0.01]',
    'smaller one first',
  ],
  ['half a range', '[0.01, 0.1]', '[0.1]', 'data.tissue.Dp.uniform: found [0.1]', 'a list of 2'],
  [
    'a mistyped distribution',
    'Dp: { uniform',
    'Dp: { unifrom',
    'data.tissue.Dp: found',
    'did you mean uniform?',
  ],
  [
    'fractions above 1',
    'f: { uniform: [0.1, 0.4] }',
    'f: { constant: 1.5 }',
    'data.tissue.f:',
    'from 0 to 1',
  ],
  [
    'an unknown experiment',
    'experiment: phantom',
    'experiment: fantom',
    ':4:13: experiment: found "fantom"',
    'did you mean phantom?',
  ],
  ['a list for a section', /^statistics.*$/m, 'statistics: [200]', 'statistics: found [200]', 'resamples'],
  ['a seed too large', 'seed: 2020', 'seed: 4294967296', 'seed: found 4294967296', 'from 0 to 4294967295'],
  ['broken YAML', 'seed: 2020', 'seed: [2020', 'not valid YAML'],
  ['a tag of its own', 'seed: 2020', 'seed: !mine 2020', ':6:7: not valid YAML', '!mine'],
  ['a prototype', 'seed: 2020', '__proto__: { seed: 1 }', 'unknown key __proto__'],
];
for (const [what, from, to, ...says] of changes) {
  test(`a config with ${what}`, async () => {
    const text = smoke.replace(from, to);
    assert.not.equal(text, smoke);
    const config = put('c.yaml', text);
    mustRefuse(await inProcess('run', config, '--out', out), [config, ...says]);
  });
}

test('configs that are none', async () => {
  const refuse = async (config: string, ...says: string[]) =>
    mustRefuse(await inProcess('run', config, '--out', out), [config, ...says]);
  await refuse(path('none.yaml'), 'there is no such file');
  await refuse(path('.'), 'found a folder');
  await refuse(put('empty.yaml', ''), 'the file is empty');
  await refuse(put('comment.yaml', '# nothing\n'), 'found nothing');
  await refuse(put('list.yaml', '- phantom\n'), 'found a list', 'a mapping');
  await refuse(put('latin1.yaml', Uint8Array.of(0x61, 0x3a, 0xe9, 0x0a)), 'not UTF-8');
  await refuse(put('two.yaml', 'a: 1\n---\nb: 2\n'), 'not valid YAML');
  await refuse(put('deep.yaml', `a: ${'['.repeat(20000)}`), 'not valid YAML');
  await refuse(put('large.yaml', `a: ${'x'.repeat(2_000_000)}`), 'bytes');
  const levels = Array.from(
    { length: 9 },
    (_, i) => `l${i + 1}: &l${i + 1} [${Array(9).fill(`*l${i}`).join(', ')}]`,
  );
  await refuse(put('bomb.yaml', `l0: &l0 x\n${levels.join('\n')}\n`), 'alias');
});

test('words on the command line', async () => {
  const config = put('good.yaml', smoke);
  const refuse = async (words: string[], ...says: string[]) => mustRefuse(await inProcess(...words), says);
  const set = (word: string, ...says: string[]) =>
    refuse(['run', config, '--out', out, '--set', word], ...says);
  await set('data.voxls=5', '--set data.voxls=5: data.voxls: unknown key', 'did you mean voxels?');
  await set('data.noise.snr=[-1]', '--set data.noise.snr=[-1]: data.noise.snr[0]: found -1');
  await set('data.voxels', 'path=value');
  await set('data..voxels=1', 'path=value');
  await set('=1', 'path=value');
  await set('seed.x=1', 'seed is a single value and has no key x');
  await set('fitters.dn.epochs=1', 'fitters has no item dn', 'did you mean dnn?');
  await set('fitters.9=ls', 'fitters has no item 9', '0 to 5');
  await set('fitters.dnn.epochs=few', 'fitters[4].epochs: found "few"');
  await set('seed=[', 'not valid YAML');
  await set('__proto__.x=1', 'unknown key __proto__');
  await refuse(['run', config, '--out', out, '--only', 'ls,dn'], 'dn', 'did you mean dnn?');
  await refuse(['run', config, '--out', out, '--only', 'ls,,dnn'], 'comma-separated');
  await refuse(['run', config, '--out', out, '--workers', '0'], '--workers', 'at least 1');
  await refuse(['run', config, '--out', put('file', 'x')], path('file'));
  await refuse(['run', config, '--out', `${path('file')}/run`], path('file'));
  await refuse(['simulate', config, '--out', path('file')], path('file'));
  await refuse(['train', config, '--out', path('file')], path('file'));
  await refuse(['run', config, '--ot', out], "unknown option '--ot'", 'Did you mean --out?');
  await refuse(['run'], 'config');
  await refuse(['rum', config], "unknown command 'rum'", 'Did you mean run?');
  await refuse(['list', 'fiters'], 'did you mean fitters?');
  await refuse(['simulate', config, '--out', out, '--format', 'nfti'], 'csv, npy, nifti');
  await refuse(['simulate', config], '--out');
  await refuse(['train', config, '--out', out, '--only', 'ls'], 'no network of that name', 'allowed: dnn');
  await refuse(['report', path('nothing')], path('nothing'));
  await refuse(['fit', path('none.csv'), '--fitter', 'ls', '--out', out], 'none.csv');
  await refuse(
    ['fit', path('none.csv'), '--fitter', 'lss', '--out', out],
    'unknown fitter lss',
    'did you mean ls?',
  );
  await refuse([], 'no command is given');
});

test('a network without voxels to train on', async () => {
  const config = put('untrained.yaml', smoke.replace(/^training:\n( {2}.*\n)+/m, ''));
  mustRefuse(await inProcess('run', config, '--out', out), [
    `error: ${config}: `,
    'fitter dnn needs voxels to train on',
    'section `training`',
  ]);
  mustRefuse(await inProcess('validate', config), [`error: ${config}: fitter dnn`, 'training']);
  mustRefuse(await inProcess('train', config, '--out', out), [config, 'dnn', 'training']);
});

test('plug-ins that are none', async () => {
  const use = async (source: string, ...says: string[]) => {
    const name = `./broken-${readdirSync(path('.')).length}.ts`;
    put(name, source);
    const config = put('plugin.yaml', smoke.replace('- ls-global', `- { use: ${name} }`));
    mustRefuse(await inProcess('run', config, '--out', out, '--allow-external'), [
      'plugin.yaml:25:12: fitters[1].use',
      name,
      ...says,
    ]);
  };
  await use('export const x = 1;', 'no default export');
  await use('export default { label: "Mine", source: "me" };', 'prepare', 'missing', 'a function');
  await use('export default { label: 5, source: "me", prepare() {} };', 'label', 'a number');
  await use('export default { label: "Mine", source: "me", prepare() {}, settings: {} };', 'zod schema');
  await use(
    'export default { label: "Mine", source: "me", prepare() {}, needs: ["luck"] };',
    'needs',
    'allVoxels',
  );
  await use('export default {', 'could not be loaded', ':1:16: ERROR: ');
  await use('import "./not-there.ts"; export default {};', 'could not be loaded', 'not-there.ts');
});

test('the same from a process of its own', async () => {
  const bad = put('c.yaml', smoke.replace('voxels: 200', 'voxels: many'));
  const answers = await Promise.all([
    asProcess(['run', bad, '--out', out]),
    asProcess(['run', bad, '--ot', out]),
    asProcess(['run', bad, '--out', out], { IVIM_BENCH_DEBUG: '1' }),
  ]);
  mustRefuse(answers[0], ['data.voxels: found "many"']);
  mustRefuse(answers[1], ['unknown option']);
  assert.is(answers[2].code, 2);
  assert.match(answers[2].stderr, /\n\s+at /, 'IVIM_BENCH_DEBUG adds the stack');
});

test.run();
