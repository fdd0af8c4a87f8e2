import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Json } from '../../src/contracts/experiment.ts';
import type { StoredRun } from '../../src/contracts/stored-run.ts';
import type { ValueWithInterval } from '../../src/contracts/table.ts';
import rmseFigure from '../../src/figures/rmse-against-snr.ts';
import { loadFitter } from '../../src/plugins/discover.ts';
import { allFindings } from '../../src/report/all-findings.ts';
import paperAndThisRun from '../../src/tables/paper-and-this-run.ts';
import { STUDY_FITTERS, studyFitter } from '../../src/tables/published/study-fitters.ts';
import { fittersOf, nameOf } from '../../src/tables/reading/fitters-of.ts';
import rmse from '../../src/tables/rmse.ts';
import { phantomRun } from '../report/phantom-run.ts';

const test = suite('fitters by what they are');
const run = phantomRun();

/** The run with entries of its fitters changed, and its rows called as they then are. */
function changed(changes: Readonly<Record<string, { readonly [key: string]: Json }>>): StoredRun {
  const config = run.manifest.config as { readonly [key: string]: Json };
  const fitters = fittersOf(run.manifest).map((entry) => ({ ...entry, ...changes[entry.name] }));
  const called = (name: string) => (changes[name]?.['name'] as string | undefined) ?? name;
  return {
    ...run,
    rows: run.rows.map((row) => ({ ...row, method: called(row.method) })),
    manifest: { ...run.manifest, config: { ...config, fitters } },
  };
}

const found = async (of: StoredRun): Promise<string> =>
  JSON.stringify((await allFindings(of)).map((finding) => finding.found));
const drawn = ({ rows, manifest }: StoredRun): string => JSON.stringify(rmseFigure.draw(rows, [], manifest));

test('the settings of the study are the defaults of its fitters', async () => {
  for (const [use, settings] of Object.entries(STUDY_FITTERS)) {
    const { value } = await loadFitter(use);
    const { engine, ...defaults } = (value.settings?.parse({}) ?? {}) as Record<string, Json>;
    assert.equal(defaults, settings, `${use} ${JSON.stringify(engine)}`);
  }
});

test('another fitter called mmse is no floor', async () => {
  const impostor = changed({ mmse: { use: 'ls' } });
  assert.not.match(drawn(impostor), 'Bayes floor)');
  assert.not.match(await found(impostor), 'mmse and the reference');
  const { columns, lines } = rmse.build(impostor.rows, impostor.manifest)!;
  const at = columns.findIndex(({ name }) => name === 'mmse');
  assert.ok(lines.every(({ values }) => (values[at] as ValueWithInterval).best));
  const table = paperAndThisRun.build(impostor.rows, impostor.manifest)!;
  const mmse = table.columns.findIndex(({ name }) => name === 'mmse');
  assert.ok(table.lines.every(({ values }) => values[mmse] === null));
  assert.ok(lines.length > 0 && table.lines.length > 0);
});

test('the floor is one whatever it is called', async () => {
  const renamed = changed({ mmse: { name: 'the "floor"' } });
  assert.match(drawn(renamed), 'Bayes floor)');
  assert.match(await found(renamed), String.raw`the \"floor\" against the reference, D: the same`);
  const { columns, lines } = rmse.build(renamed.rows, renamed.manifest)!;
  const at = columns.findIndex(({ name }) => name === 'the "floor"');
  assert.not.ok(lines.some(({ values }) => (values[at] as ValueWithInterval).best));
});

test('a second floor, of another likelihood, takes the bold from no fitter', async () => {
  const rician = { name: 'exact', use: 'mmse', settings: { likelihood: 'rician' } };
  const config = run.manifest.config as { readonly [key: string]: Json };
  const fitters = [...(config['fitters'] as readonly Json[]), rician];
  const manifest = { ...run.manifest, config: { ...config, fitters } };
  const lower = run.rows
    .filter(({ method }) => method === 'mmse')
    .map((row) => ({ ...row, method: 'exact', value: 0.99 * row.value }));
  const { columns, lines } = rmse.build([...run.rows, ...lower], manifest)!;
  const best = (name: string) =>
    lines.map(
      ({ values }) => (values[columns.findIndex((column) => column.name === name)] as ValueWithInterval).best,
    );
  assert.not.ok(best('exact').includes(true));
  assert.not.ok(best('dnn').includes(false));
});

test('figures of the study are quoted for its settings alone, whatever computes', async () => {
  const settings = (use: string) =>
    fittersOf(run.manifest).find((entry) => entry.use === use)!.settings as object;
  const deeper = changed({ dnn: { settings: { ...settings('dnn'), depth: 9 } } });
  assert.is(studyFitter(deeper.manifest, 'dnn'), undefined);
  assert.is(nameOf(deeper.manifest, 'dnn'), 'dnn');
  assert.match(await found(run), 'inside that range');
  assert.not.match(await found(deeper), 'inside that range');
  const elsewhere = changed({ dnn: { settings: { ...settings('dnn'), engine: 'cpu' } } });
  assert.is(studyFitter(elsewhere.manifest, 'dnn'), 'dnn');
  const tighter = changed({ ls: { settings: { ...settings('ls'), maxEvaluations: 20 } } });
  assert.not.match(await found(tighter), 'These are the very same 10,000 voxels at each SNR."],["ls');
  assert.is(studyFitter(tighter.manifest, 'ls'), undefined);
});

test('of several of one kind the one under its own name speaks, and programs are none of them', async () => {
  const entries = (...fitters: Json[]) => ({ config: { fitters } });
  const ls = { use: 'ls', settings: STUDY_FITTERS['ls'] };
  assert.is(nameOf(entries({ ...ls, name: 'a' }, { ...ls, name: 'ls' }), 'ls'), 'ls');
  assert.is(nameOf(entries({ ...ls, name: 'a' }, { ...ls, name: 'b' }), 'ls'), 'a');
  assert.is(nameOf(entries({ name: 'ls', use: 'external', settings: {} }), 'ls'), undefined);
  assert.is(nameOf(entries({ name: 'ls' }), 'ls'), undefined);
  assert.is(studyFitter({ config: { phantom: { fitters: [{ ...ls, name: 'ls' }] } } }, 'ls'), 'ls');
});

test.run();
