import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { madeUp } from '../runner/tiny-study.ts';
import { checkedStudy, red, told } from './checked-study.ts';

const test = suite('check: planted mistakes');

const { scratch, against, checked } = checkedStudy([{ use: madeUp('planted'), name: 'planted' }]);
const accepted = await checked('--update');
assert.is(accepted.code, 0, accepted.stderr);

test('a fitter whose f is scaled by 1.05: red, with the fitter, the parameter and the SNR', async () => {
  const answer = await checked('--set', 'fitters.planted.scale=1.05', '--json');
  assert.is(answer.code, 1);
  const worse = red(answer);
  assert.ok(worse.length > 0);
  for (const { id } of worse) assert.equal([id.method, id.parameter], ['planted', 'f']);
  assert.ok(worse.some(({ id }) => id.factors.snr === 100));
});

test('float32 where float64 was: red', async () => {
  const { code, stdout } = await checked('--set', 'fitters.planted.precision=float32');
  assert.is(code, 1);
  assert.match(stdout, /drifted +planted +(D|f|Dp) +snr \d+ +rmse/);
});

test('noise from another seed, and a b-value less: red, and the config told', async () => {
  const protocol = '{bValues: [0, 10, 20, 60, 150, 300, 1000], name: barbieri-2020}';
  for (const [set, path] of [
    ['data.seeds.noise=467', 'data.seeds.noise'],
    [`protocol=${protocol}`, 'protocol.bValues'],
  ]) {
    const answer = await checked('--set', set, '--json');
    assert.is(answer.code, 1, answer.stdout);
    const worse = red(answer).map(({ id }) => `${id.parameter} ${id.factors.snr}`);
    assert.ok(new Set(worse).size > 3, worse.join());
    assert.ok(told(answer).differences.some((difference) => difference.path === path));
  }
});

test('what the config tells is not comparable is refused before any work', async () => {
  const text = readFileSync(against, 'utf8');
  const other = (name: string, from: string, to: string) => {
    writeFileSync(join(scratch, name), text.replaceAll(from, to));
    return join(scratch, name);
  };
  for (const [words, says] of [
    [['--set', 'data.voxels=61'], 'data.voxels is 60, not 61'],
    [['--against', other('a.json', '"phantom"', '"depth"')], 'experiment depth, not phantom'],
    [
      ['--against', other('b.json', '"planted"', '"older"'), '--only', 'planted'],
      'no gated value is in both',
    ],
  ] as const) {
    const out = join(scratch, 'out');
    const { code, stdout, stderr } = await checked(...words, '--out', out);
    assert.is(code, 2, stdout);
    assert.match(stderr, /^error: [^\n]+\n$/);
    assert.ok(stderr.includes(says), stderr);
    assert.not.ok(existsSync(out), 'it was run');
  }
});

test.run();
