import { readFileSync, writeFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Reference } from '../../src/gate/reference.ts';
import { decodeReference, encodeReference } from '../../src/gate/reference-text.ts';
import { madeUp } from '../runner/tiny-study.ts';
import { checkedStudy, red } from './checked-study.ts';

const test = suite('check: accepting some fitters');

const { against, checked } = checkedStudy([
  { use: madeUp('planted'), name: 'planted' },
  { use: 'segmented' },
  { use: 'varpro' },
]);
const accepted = () => decodeReference(readFileSync(against, 'utf8'));
const of = (fitter: string, { values }: Reference) => values.filter((gated) => gated.method === fitter);
const whole = await checked('--update');
assert.is(whole.code, 0, whole.stderr);
const before = accepted();
const write = (reference: Reference) => writeFileSync(against, encodeReference(reference));

test.before.each(() => write(before));

test('values of fitters that --only leaves out stay, and are gated as before', async () => {
  const { code, stdout } = await checked('--only', 'segmented', '--update');
  assert.is(code, 0);
  assert.match(
    stdout,
    /: 27 gated values accepted, of which 0 changed\nplanted: as accepted \d{4}-\d\d-\d\d\n/,
  );
  const after = accepted();
  assert.equal(after.values, before.values);
  assert.equal(after.config, before.config);
  assert.equal(Object.keys(after.kept!), ['planted', 'varpro']);
  assert.is(after.kept!['planted'].accepted, before.accepted);
  const answer = await checked('--set', 'fitters.planted.scale=1.05', '--json');
  assert.is(answer.code, 1);
  assert.ok(red(answer).every(({ id }) => id.method === 'planted'));
});

test('what was run is accepted anew; settings of the others stay those of their values', async () => {
  const set = ['fitters.planted.scale=1.05', 'fitters.varpro.maxEvaluations=199'];
  const words = set.flatMap((word) => ['--set', word]);
  const { code, stdout } = await checked(...words, '--only', 'planted', '--update');
  assert.is(code, 0, stdout);
  const after = accepted();
  assert.not.equal(of('planted', after), of('planted', before));
  for (const name of ['segmented', 'varpro']) assert.equal(of(name, after), of(name, before));
  const fitters = (reference: Reference) =>
    (reference.config as unknown as { fitters: Record<string, object> }).fitters;
  assert.equal(fitters(after)['varpro'], fitters(before)['varpro']);
  assert.not.equal(fitters(after)['planted'], fitters(before)['planted']);
});

test('values of a fitter that the config names no longer go', async () => {
  const text = encodeReference(before).replaceAll('"varpro"', '"older"');
  write(decodeReference(text));
  const { code, stdout } = await checked('--only', 'segmented', '--update');
  assert.is(code, 0);
  assert.match(stdout, /^missing: .*older/m);
  assert.equal(of('older', accepted()), []);
  assert.equal(of('planted', accepted()), of('planted', before));
});

test('other voxels are refused before any work: values of two configs would stand in one file', async () => {
  const { code, stderr } = await checked('--only', 'segmented', '--update', '--set', 'data.seeds.noise=467');
  assert.is(code, 2);
  assert.match(stderr, /^error: --only with --update .* data\.seeds\.noise differs; allowed: [^\n]+\n$/);
  assert.equal(accepted(), before);
});

test.run();
