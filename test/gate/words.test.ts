import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { GateOutcome } from '../../src/gate/outcome.ts';
import { annotations } from '../../src/gate/format/annotations.ts';
import { junitXml } from '../../src/gate/format/junit.ts';
import { markdownText } from '../../src/gate/format/markdown-text.ts';
import { plainText } from '../../src/gate/format/plain-text.ts';
import type { Verdict } from '../../src/gate/verdict.ts';

const test = suite('what the gate says');

const verdict = (fitter: string, outcome: Verdict['outcome']): Verdict => ({
  id: { experiment: 'phantom', method: fitter, factors: { snr: 20 }, parameter: 'Dp', metric: 'rmse' },
  ...{ kind: 'deterministic', outcome, accepted: 0.1, found: 0.102, loss: 0.02, p: NaN, detectable: 1e-12 },
});
const said = (verdicts: readonly Verdict[], problems: readonly string[] = []): GateOutcome => ({
  ...{
    run: 'a <b> & "c"',
    against: 'ci.json',
    verdicts,
    problems,
    notes: [],
    differences: [],
    slowdowns: [],
  },
  reference: {
    ...{ name: 'ci', accepted: '2026-01-02T00:00:00Z', git: null, versions: {}, configHash: '' },
    platform: '',
  },
});
const hostile = 'a<b>&"c"|d\u0000\ud800\n::error::%';

test('what is red comes with its fitter, parameter, SNR, size and certainty', () => {
  const text = plainText(said([verdict('ls', 'worse'), verdict('map', 'same')]), false);
  assert.match(text, /^worse +ls +Dp +snr 20 +rmse +100 +102 +10⁻³ mm²\/s +\+2 % +certain +any$/m);
  assert.match(text, /^RED: 1 of 2 gated values got worse/m);
  assert.match(plainText(said([verdict('map', 'same')]), false), /^GREEN: none of 1 gated value got worse/m);
  assert.match(
    plainText(said([verdict('map', 'same')], ['cell x failed: y']), false),
    /^RED: the run is not whole/m,
  );
});

test('green is said in a line; every gated value is listed where asked', () => {
  const green = said([verdict('ls', 'same'), verdict('map', 'same')]);
  assert.is(
    plainText(green, false),
    'GREEN: none of 2 gated values got worse; against ci.json, accepted 2026-01-02\n',
  );
  assert.match(
    plainText(green, true),
    /^same +ls +Dp +snr 20 +rmse +100 +102 +10⁻³ mm²\/s +0 +certain +any$/m,
  );
});

test('gated values are in the units of the report: those without a unit as they are stored', () => {
  const of = (parameter: string, metric: string): Verdict => {
    const base = verdict('ls', 'worse');
    return { ...base, id: { ...base.id, parameter, metric } };
  };
  const sentences = annotations(said([of('D', 'rmse'), of('f', 'rmse'), of('D', 'failed_fraction')]));
  assert.match(sentences[0], 'rmse of D (10⁻³ mm²/s), ls, snr 20: 100 before, 102 now');
  assert.match(sentences[1], 'rmse of f, ls, snr 20: 0.1 before, 0.102 now');
  assert.match(sentences[2], 'failed_fraction of D, ls, snr 20: 0.1 before, 0.102 now');
});

test('JUnit: well-formed whatever a fitter is called', () => {
  const xml = junitXml(said([verdict(hostile, 'worse'), verdict('map', 'same')], ['a "cell" failed']));
  assert.match(xml, '<testsuites name="ivim-bench check" tests="3" failures="2">');
  assert.match(xml, 'classname="a&lt;b&gt;&amp;&quot;c&quot;|d\ufffd\ufffd ::error::%"');
  // Nothing but tags and quoted attributes is left of it.
  const bare = xml.replace(/<[?/]?\w+(?: \w+="[^"<>]*")*[?/]?>/g, '').trim();
  assert.is(bare, '');
});

test('annotations: one line each, and nothing in them that is a command of its own', () => {
  const lines = annotations(said([verdict(hostile, 'worse'), verdict('ls', 'better')], ['a\nb']));
  assert.is(lines.length, 2);
  for (const line of lines) assert.match(line, /^::error title=[^\n:,]+::[^\n]*$/);
  assert.match(lines[0], 'a%0Ab');
  assert.match(lines[1], '%0A::error::%25');
});

test('Markdown: cells keep to themselves', () => {
  const text = markdownText(said([verdict(hostile, 'worse')]));
  const row = text.split('\n').find((line) => line.startsWith('| worse'))!;
  assert.is(row.split(' | ').length, 11);
  assert.not.match(row, '<b>');
});

test('what explains differences comes before the values, and with every failure', () => {
  const differences = [
    { path: 'data.seeds.noise', accepted: 466, found: 467 },
    { path: 'protocol.bValues', accepted: [0, 1], found: [0] },
  ];
  const outcome = { ...said([verdict('ls', 'worse')]), differences, notes: ['few seeds'] };
  const config = 'config: data.seeds.noise was 466 where the values were accepted and is 467 here';
  assert.match(
    plainText(outcome, false),
    new RegExp(`^note: ${config}\\nnote: config: .*\\nnote: few seeds\\n\\nWorse`),
  );
  const markdown = markdownText(outcome);
  assert.ok(markdown.indexOf(config) > 0 && markdown.indexOf(config) < markdown.indexOf('| worse'));
  const differs = 'the config differs in data.seeds.noise, protocol.bValues';
  assert.match(plainText(outcome, false), `worse, went missing or failed; ${differs}; against`);
  assert.match(junitXml(outcome), `certain); ${differs}"/></testcase>`);
  assert.not.match(junitXml(said([verdict('ls', 'worse')])), 'differs');
});

test.run();
