import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readProtocol } from '../../src/config/read-protocol.ts';
import { scratchFolder } from '../data/scratch-folder.ts';
import { inProcess, root } from './command-line.ts';

const test = suite('commands: optimise-protocol');
const { path, put } = scratchFolder();

const quick = ['--tissue', `${root}configs/phantom.yaml`, '--step', '50', '--sample', '20', '--starts', '3'];
const optimise = (...words: string[]) => inProcess('optimise-protocol', ...quick, ...words);

interface Result {
  readonly name: string;
  readonly bValues: number[];
  readonly compared: { name: string; criterion: number; bound: Record<string, number> }[];
}

test('writes a protocol that can be read by its path, better than the study’s by the criterion', async () => {
  const out = path('eight.yaml');
  const { code, stdout } = await optimise(
    '-n',
    '8',
    '--b-min',
    '10',
    '--compare',
    'barbieri-2020',
    '--out',
    out,
    '--json',
  );
  assert.is(code, 0);
  const result = JSON.parse(stdout) as Result;
  const { name, source, bValues } = await readProtocol(out);
  assert.equal([name, bValues], ['eight', result.bValues]);
  assert.match(source, /optimise-protocol -n 8 .*--b-min 10 --b-max 1000 --step 50 .*--seed 0/);
  assert.is(bValues.length, 8);
  const [own, study] = result.compared;
  assert.equal([own.name, study.name], ['eight', 'barbieri-2020']);
  assert.ok(own.criterion < study.criterion);
  assert.ok(own.bound['Dp'] > 0);
});

test('prints the protocol, the same for the same seed; SNR changes what is told and not the choice', async () => {
  const once = await optimise('-n', '6');
  const again = await optimise('-n', '6', '--snr', '50');
  assert.match(once.stdout, /^name: optimised\nsource: [^]*\nbValues: \[0(, \d+){5}\]\n$/);
  assert.is(again.stdout, once.stdout);
  assert.match(once.stderr, /bound at SNR 20: D [\d.]+ 10⁻³ mm²\/s/);
  assert.match(again.stderr, /bound at SNR 50/);
});

test('measures no b-value twice where it is told so', async () => {
  const { stdout } = await optimise('-n', '9', '--distinct', '--json');
  const { bValues } = JSON.parse(stdout) as Result;
  assert.is(new Set(bValues).size, 9);
});

test('says where a protocol has too few different b-values for a config', async () => {
  const { code, stderr } = await optimise('-n', '6', '--estimates', 'D,f', '--b-min', '200');
  assert.is(code, 0);
  assert.match(stderr, /a config needs four different b-values; this protocol has 3/);
});

test('refuses what cannot be', async () => {
  const refusals: readonly (readonly [string[], RegExp])[] = [
    [['-n', '3'], /^error: --measurements 3: allowed: 4 to 1000\n$/],
    [['-n', '30', '--distinct'], /--measurements 30: allowed: 4 to 21/],
    [['-n', '8', '--b-min', '2000'], /--b-min 2000: allowed: up to 1000, which is --b-max/],
    [['-n', '8', '--step', '0.1'], /--step 0.1: gives 10000 b-values; allowed: up to 1000/],
    [['-n', '8', '--estimates', 'D,Q'], /Allowed: some of D,f,Dp/],
    [
      ['-n', '8', '--compare', 'barbieri-2021'],
      /unknown protocol barbieri-2021; .*did you mean barbieri-2020/,
    ],
    [['-n', '8', '--compare', './none.yaml'], /protocol \.\/none\.yaml: there is no file/],
    [
      [
        '-n',
        '8',
        '--tissue',
        put('t.yaml', 'tissue: {D: {constant: 0.001}, f: {constant: 0}, Dp: {constant: 0.05}}\n'),
      ],
      /no protocol that was tried/,
    ],
  ];
  for (const [words, message] of refusals) {
    const { code, stderr } = await optimise(...words);
    assert.is(code, 2, words.join(' '));
    assert.match(stderr, message);
  }
});

test('a place that cannot be written to is wrong input, known before the work', async () => {
  const file = put('file', '');
  // A search of days.
  const long = ['-n', '30', '--step', '1', '--sample', '100000', '--starts', '100000'];
  for (const out of [
    `${file}/y.yaml`,
    path('.'),
    ...(process.platform === 'linux' ? ['/proc/x/y.yaml'] : []),
  ]) {
    const { code, stdout, stderr } = await optimise(...long, '--out', out);
    assert.is(code, 2, stderr);
    assert.is(stdout, '');
    assert.match(stderr, /^error: cannot write [^\n]+\n$/);
    assert.ok(stderr.includes(out), stderr);
  }
});

test('a protocol in a file must be called as the file', async () => {
  const own = readFileSync(`${root}configs/protocols/barbieri-2020.yaml`, 'utf8');
  const { stderr } = await optimise('-n', '8', '--compare', put('other.yaml', own));
  assert.match(stderr, /name: found barbieri-2020; allowed: other, as the file/);
});

test.run();
