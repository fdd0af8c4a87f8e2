import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CONCURRENT_CELLS, type Row } from '../../src/contracts/metric.ts';
import { accept, comparableConfig } from '../../src/gate/accept.ts';
import { compareWithAccepted } from '../../src/gate/compare-with-accepted.ts';
import { configDifferences } from '../../src/gate/config-differences.ts';
import type { GatedValue } from '../../src/gate/gated-value.ts';
import { gatedValuesOf } from '../../src/gate/gated-values.ts';
import { decodeHistory, historyLine } from '../../src/gate/history.ts';
import { judgeDeterministic, sameWithin } from '../../src/gate/judge-deterministic.ts';
import { judgeRun } from '../../src/gate/judge-run.ts';
import { decodeReference, encodeReference } from '../../src/gate/reference-text.ts';
import { relativeTimes, slowdowns } from '../../src/gate/relative-times.ts';
import { phantomRun } from '../report/phantom-run.ts';

const test = suite('judging gated values');

const id = {
  ...{ experiment: 'phantom', method: 'ls', factors: { snr: 20 } },
  ...({ parameter: 'f', metric: 'rmse' } as const),
};
const outcome = (accepted: number, found: number, metric = 'rmse', agrees = true) =>
  judgeDeterministic({ ...id, metric }, accepted, found, sameWithin(agrees)).outcome;

test('nothing random: 0.1 % is a regression, less a drift, the last bits nothing, and better is not red', () => {
  assert.is(outcome(0.1, 0.1), 'same');
  assert.is(outcome(0.1, 0.1 * (1 + 1e-15)), 'same');
  assert.is(outcome(0.1, 0.10010001), 'worse');
  assert.is(outcome(0.1, 0.1001), 'drifted', 'exactly 0.1 % is not beyond it');
  assert.is(outcome(0.1, 0.1 * (1 + 1e-8)), 'drifted');
  assert.is(outcome(0.1, 0.1 * (1 + 1e-8), 'rmse', false), 'same', 'where exp may differ in its last bit');
  assert.is(outcome(0.1, 0.1 * (1 + 1e-6), 'rmse', false), 'drifted');
  assert.is(outcome(0.1, 0.09), 'better');
  assert.is(outcome(0.1, NaN), 'failed');
  assert.is(outcome(NaN, NaN), 'same');
  assert.is(outcome(NaN, 0.1), 'better');
  assert.is(outcome(0, 0), 'same');
  assert.is(outcome(0, 1e-9), 'worse');
});

test('one voxel more that failed is worse, whatever the share', () => {
  assert.is(outcome(0, 1 / 10_000, 'failed_fraction'), 'worse');
  assert.is(outcome(0.5, 0.5001, 'failed_fraction'), 'worse');
  assert.is(outcome(0.5, 0.4999, 'failed_fraction'), 'better');
});

const trained = (values: readonly number[]): GatedValue => ({ ...id, n: 100, kind: 'trained', values });
const spread = (n: number, middle: number, from = 0) =>
  Array.from({ length: n }, (_, i) => middle * (1 + 0.01 * Math.sin(1 + i + from)));
const judged = (accepted: readonly number[], found: readonly number[]) =>
  compareWithAccepted([trained(accepted)], [trained(found)], { tolerance: 0 })[0];

test('seeds: the same ones are the same, others are changed, and all above is worse', () => {
  const accepted = spread(40, 0.1);
  assert.is(judged(accepted, accepted.slice(0, 5)).outcome, 'same');
  const other = judged(accepted, spread(5, 0.1, 0.5));
  assert.is(other.outcome, 'changed');
  assert.ok(other.p > 0.01);
  const worse = judged(accepted, spread(5, 0.2, 0.5));
  assert.is(worse.outcome, 'worse');
  assert.ok(worse.p < 0.01 && Math.abs(worse.loss - 1) < 0.02);
  assert.is(judged(accepted, spread(5, 0.05, 0.5)).outcome, 'changed', 'better is listed');
  assert.is(judged(accepted, [...spread(4, 0.1), NaN]).outcome, 'failed');
});

test('networks that are the accepted ones: their use is compared seed by seed, and certain', () => {
  const accepted = spread(40, 0.1);
  const losses = accepted.map((_, i) => 1 + i);
  const used = (times: number, ending: readonly number[] = losses.slice(0, 5)) =>
    compareWithAccepted([trained(accepted)], [trained(accepted.slice(0, 5).map((value) => times * value))], {
      ...{ tolerance: 0, trainings: { accepted: { ls: losses }, found: { ls: ending } } },
    })[0];
  assert.equal([used(1).outcome, used(1).kind], ['same', 'trained alike']);
  const worse = used(1.002);
  assert.is(worse.outcome, 'worse');
  assert.ok(Math.abs(worse.loss - 0.002) < 1e-12);
  assert.is(used(1 + 1e-6).outcome, 'changed', 'float32 may round otherwise on another processor');
  assert.is(used(0.9).outcome, 'changed');
  const other = used(1.002, [1, 2, 3, 4, 99]);
  assert.equal([other.outcome, other.kind], ['changed', 'trained'], 'one of them was trained otherwise');
});

test('too few seeds are listed and not judged', () => {
  for (const [accepted, found] of [
    [19, 5],
    [20, 4],
  ]) {
    const verdict = judged(spread(accepted, 0.1), spread(found, 0.5, 0.5));
    assert.is(verdict.outcome, 'changed');
    assert.ok(Number.isNaN(verdict.p));
    assert.is(verdict.detectable, Infinity);
  }
});

test('repeats of a fitter, and rows that differ in `run` alone, are seeds of one gated value', () => {
  const { manifest } = phantomRun(['ls']);
  const row = (fitter: string, value: number, factors: Row['factors'] = {}): Row => ({
    ...{ ...id, method: fitter, factors: { ...id.factors, ...factors }, value },
    ...{ ciLow: NaN, ciHigh: NaN, unit: '', n: 10 },
  });
  const repeat = (number: number) => ({ of: 'net', number });
  const entry = { use: 'dnn', settings: {} };
  const fitters = [1, 2].map((number) => ({ ...entry, name: `net-${number}`, repeat: repeat(number) }));
  const values = gatedValuesOf({
    rows: [
      row('net-1', 1),
      row('net-2', 2),
      row('ls', 3),
      row('other', 4, { run: 1 }),
      row('other', 5, { run: 2 }),
      row('once', 6),
      { ...row('once', 0.5, { epoch: 1 }), metric: 'training_loss' },
      { ...row('ls', 7), metric: 'bias' },
    ],
    manifest: { ...manifest, config: { fitters } },
  });
  assert.equal(
    values.map((gated) => [gated.method, gated.kind === 'trained' ? gated.values : gated.value]),
    [
      ['ls', 3],
      ['net', [1, 2]],
      ['once', [6]],
      ['other', [4, 5]],
    ],
  );
  assert.equal(comparableConfig({ fitters }), { fitters: { net: entry } });
});

test('where two configs differ, but for heading, intervals and the number of repeats', () => {
  const config = { title: 'a', data: { seeds: { noise: 1 }, snr: [1, 2] }, statistics: 1 };
  const other = { title: 'b', data: { seeds: { noise: 2 }, snr: [1] }, statistics: 2, more: null };
  assert.equal(configDifferences(config, other), [
    { path: 'data.seeds.noise', accepted: 1, found: 2 },
    { path: 'data.snr', accepted: [1, 2], found: [1] },
    { path: 'more', accepted: undefined, found: null },
  ]);
});

test('a reference and a history come back as they were written, NaN too', () => {
  const reference = accept(phantomRun(['ls', 'dnn']), 'x', '2026-01-02T03:04:05.000Z');
  const broken = { ...reference, values: [trained([NaN, 1]), ...reference.values] };
  assert.equal(decodeReference(encodeReference(broken)), broken);
  const [run] = decodeHistory(historyLine(reference) + '\n');
  assert.is(run.accepted, reference.accepted);
  const rmse = reference.values.filter(({ metric }) => metric === 'rmse');
  assert.is(run.values.length, rmse.length);
  assert.equal([run.values[0].factors, run.values[0].parameter], [rmse[0].factors, rmse[0].parameter]);
});

test('another engine, other arithmetic and few seeds are said', () => {
  const run = phantomRun(['ls', 'dnn']);
  const manifest = { ...run.manifest, backends: { dnn: 'TensorFlow' }, arithmetic: 'a' };
  const reference = accept({ ...run, manifest: { ...manifest, backends: { dnn: 'WASM' } } }, 'x', '2026');
  const { notes } = judgeRun({ ...run, manifest: { ...manifest, arithmetic: 'b' } }, reference, {
    ...{ run: 'here', against: 'there' },
  });
  assert.ok(notes.some((note) => note.includes('last bits')));
  assert.ok(notes.some((note) => note.includes('dnn ran on TensorFlow; accepted were values of WASM')));
  assert.ok(notes.some((note) => /dnn: 1 seed is accepted, 20 are needed/.test(note)));
});

test('times are ratios to the loop beside them: a machine half as fast is no slowdown, a fitter is', () => {
  const time = (metric: string, value: number, factors: Row['factors'] = {}): Row => ({
    ...{ ...id, parameter: '', metric, value, ciLow: value, ciHigh: value, unit: 'µs', n: 1 },
    factors: { backend: 'JavaScript', threads: 1, ...factors },
  });
  const accepted = relativeTimes([time('fit_us_per_voxel', 3), time('calibration_us', 6)]);
  assert.is(accepted[0].ratio, 0.5);
  const here = { cpu: 'another', [CONCURRENT_CELLS]: 1 };
  const slowly = [time('fit_us_per_voxel', 6, here), time('calibration_us', 12, here)];
  assert.equal(slowdowns(accepted, relativeTimes(slowly)), []);
  const [slow] = slowdowns(accepted, relativeTimes([time('fit_us_per_voxel', 9), time('calibration_us', 6)]));
  assert.is(slow.times, 3);
  assert.equal(relativeTimes([time('fit_us_per_voxel', 3)]), []);
});

test.run();
