import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Json } from '../../src/contracts/experiment.ts';
import type { Row } from '../../src/contracts/metric.ts';
import { compareRows } from '../../src/contracts/row-order.ts';
import type { ValueWithInterval, TableContent } from '../../src/contracts/table.ts';
import efficiency from '../../src/tables/efficiency.ts';
import metrics from '../../src/tables/metrics.ts';
import overview from '../../src/tables/overview.ts';
import paperAndThisRun from '../../src/tables/paper-and-this-run.ts';
import rmse from '../../src/tables/rmse.ts';
import timing from '../../src/tables/timing.ts';
import training from '../../src/tables/training.ts';
import { toCsv } from '../../src/tables/writing/csv.ts';
import { toMarkdown } from '../../src/tables/writing/markdown.ts';
import { atOneProtocol } from '../../src/tables/reading/at-one-protocol.ts';
import { phantomRun } from '../report/phantom-run.ts';
import { underProtocols } from './phantom-rows.ts';

const test = suite('tables');
const { rows, manifest } = phantomRun();
const all = [efficiency, metrics, overview, paperAndThisRun, rmse, timing, training];

const names = ({ columns }: TableContent) => columns.map(({ name }) => name);

/** The rows backwards, as another order of fitters and cells would leave them. */
const backwards: Row[] = rows
  .map((row) => ({ ...row, factors: Object.fromEntries(Object.entries(row.factors).reverse()) }))
  .reverse();

test('a table without its rows is not there', () => {
  for (const table of all) assert.is(table.build([], manifest), null, table.title);
});

test('no table depends on the order of the rows', () => {
  for (const table of all) {
    const csv = (from: readonly Row[]) => toCsv(table.build(from, manifest)!);
    assert.is(csv(backwards), csv(rows), table.title);
  }
});

test('metrics.csv has the columns of the long form, factors in the middle', () => {
  assert.equal(names(metrics.build(rows, manifest)!), [
    ...['experiment', 'method', 'backend', 'concurrent_cells', 'cpu', 'epoch', 'snr', 'threads'],
    ...['parameter', 'metric', 'value', 'ci_low', 'ci_high', 'unit', 'n'],
  ]);
  assert.is(metrics.build(rows, manifest)!.lines.length, rows.length);
});

test('metrics.csv is in the order of stored rows, whatever the language of the machine', () => {
  const renamed = backwards.map((row) => (row.method === 'map' ? { ...row, method: 'Map' } : row));
  const fitters = metrics.build(renamed, manifest)!.lines.map(({ values }) => values[1]);
  assert.is(fitters[0], 'Map');
  assert.equal(
    fitters,
    renamed.toSorted(compareRows).map(({ method }) => method),
  );
});

test('RMSE: D, f, Dp, each from the highest SNR down, the lowest bold unless it is the floor', () => {
  const content = rmse.build(rows, manifest)!;
  const parameters = content.lines.map(({ values }) => (values[0] as { raw: string }).raw);
  assert.equal([...new Set(parameters)], ['D', 'f', 'Dp']);
  assert.equal(
    content.lines.slice(0, 10).map(({ values }) => values[2]),
    [15, 30, 45, 60, 75, 90, 105, 120, 135, 150].map((sigma) => 1500 / sigma),
  );
  const [dnn, mmse] = [names(content).indexOf('dnn'), names(content).indexOf('mmse')];
  for (const { values } of content.lines) {
    assert.is((values[dnn] as ValueWithInterval).best, true);
    assert.is((values[mmse] as ValueWithInterval).best, false);
  }
});

test('Markdown shows D in 10⁻³ mm²/s and CSV in mm²/s', () => {
  const content = rmse.build(rows, manifest)!;
  // SciPy's RMSE of D at SNR 100, the first line of the study's table: 5.7233e-5 mm²/s.
  assert.match(toMarkdown(rmse, content), '| 0.0572 (0.0561–0.0587) |');
  assert.match(toCsv(content), 'D,mm²/s,100,');
  assert.match(toCsv(content), ',0.00005723290656882923,');
});

test('a fitter with more factors than SNR gets a column for each', () => {
  const depths = [2, 10].map((depth): Row => {
    const row = rows.find(({ method: fitter, metric }) => fitter === 'dnn' && metric === 'rmse')!;
    return { ...row, factors: { ...row.factors, depth } };
  });
  assert.equal(names(rmse.build(depths, manifest)!).slice(3), ['dnn · depth 2', 'dnn · depth 10']);
});

test('the study and this run: percent of the reference, only where the data are the study’s', () => {
  const higher = rows.map((row) => (row.method === 'ls' ? { ...row, value: row.value * 1.01 } : row));
  const { columns, lines } = paperAndThisRun.build(higher, manifest)!;
  const at = columns.findIndex(({ name }) => name === 'ls_difference_percent');
  for (const { values } of lines) assert.ok(Math.abs((values[at] as number) - 1) < 1e-9);
  assert.is(lines.length, 30);
  const config = manifest.config as { data: object };
  const other = { ...manifest, config: { ...config, data: { ...config.data, S0: 1000 } } };
  assert.is(paperAndThisRun.build(rows, other), null);
});

test('times: quickest first, with what they were measured on', () => {
  const { columns, lines } = timing.build(rows, manifest)!;
  const column = (name: string) =>
    lines.map(({ values }) => values[columns.findIndex((c) => c.name === name)]);
  assert.equal(column('fitter'), ['dnn', 'segmented', 'ls-global', 'map', 'mmse', 'ls']);
  assert.is(column('backend')[0], 'WASM SIMD');
  assert.is(column('voxels_per_s')[0], 5_000_000);
  assert.is(column('prepare_s')[0], 21.5);
  assert.is(column('concurrent_cells')[0], 1);
});

test('the training curve has every epoch in order', () => {
  const { lines } = training.build(backwards, manifest)!;
  assert.equal(
    lines.map(({ values }) => values[1]),
    Array.from({ length: 60 }, (_, i) => i + 1),
  );
});

test('Markdown tables hold bars and line breaks without falling apart', () => {
  const content = { columns: [{ name: 'a', label: 'a|b' }], lines: [{ values: ['c|d\ne'] }] };
  assert.match(toMarkdown({ ...rmse, title: 'T', caption: 'C' }, content), '| a\\|b |\n| :-- |\n| c\\|d e |');
});

test('a fitter that gives up on hard voxels is not called the best', () => {
  const row = (fitter: string, metric: string, value: number): Row => ({
    experiment: 'phantom',
    method: fitter,
    factors: { snr: 10 },
    parameter: 'D',
    metric,
    value,
    ciLow: value,
    ciHigh: value,
    unit: 'mm²/s',
    n: 100,
  });
  const bold = (failed: number) => {
    const rows = [
      row('choosy', 'rmse', 1),
      row('choosy', 'failed_fraction', failed),
      row('honest', 'rmse', 2),
      row('other', 'rmse', 3),
    ];
    return rmse
      .build(rows, manifest)!
      .lines[0].values.filter((value) => (value as ValueWithInterval | null)?.best)
      .map((value) => (value as ValueWithInterval).value);
  };
  assert.equal(bold(0.2), [2]);
  assert.equal(bold(0.005), [1]);
});

test('single runs of repeated trainings stand in no table that compares fitters', () => {
  const runs = rows
    .filter((row) => row.method === 'dnn')
    .flatMap((row) => [1, 2].map((run) => ({ ...row, factors: { ...row.factors, run } })));
  for (const table of [efficiency, overview, rmse, paperAndThisRun]) {
    assert.equal(table.build([...rows, ...runs], manifest), table.build(rows, manifest), table.title);
  }
});

test('efficiency: squared limit over squared error, by the bound and by the floor', () => {
  const content = efficiency.build(rows, manifest)!;
  assert.equal(names(content).slice(0, 4), ['parameter', 'limit', 'fitter', 'snr_100']);
  const line = (...wanted: string[]) =>
    content.lines.find(({ values }) => wanted.every((word, i) => values[i] === word))?.values;
  // A bound of 1.5 times the floor; SciPy's RMSE of D at SNR 100 and the floor's are the study's.
  const [ls, floor] = [0.00005723290656882924, 0.00004896844514129449];
  const near = (found: unknown, known: number) => assert.ok(Math.abs((found as number) / known - 1) < 1e-9);
  near(line('D', 'bound', 'ls')![3], (1.5 * floor) ** 2 / ls ** 2);
  near(line('D', 'mmse', 'ls')![3], floor ** 2 / ls ** 2);
  near(line('Dp', 'bound', 'mmse')![12], 2.25);
  assert.is(line('D', 'mmse', 'mmse'), undefined);
  const without = efficiency.build(
    rows.filter(({ method }) => method !== 'mmse'),
    manifest,
  )!;
  assert.ok(without.lines.every(({ values }) => values[1] === 'bound'));
  assert.is(
    efficiency.build(
      rows.filter(({ method }) => method !== 'bound'),
      manifest,
    ),
    null,
  );
});

test('the bound has a column beside the errors, and is never the best of them', () => {
  const content = rmse.build(rows, manifest)!;
  assert.is(names(content).at(-1), 'bound');
  for (const { values } of content.lines) {
    assert.is((values.at(-1) as ValueWithInterval).best, false);
  }
});

test('several protocols: a line each, by its name, and the study’s part is what stands beside published figures', () => {
  const several = underProtocols(rows, ['kaandorp-2021', 'barbieri-2020']);
  const { protocol, ...shared } = manifest.config as { protocol: { name: string } };
  const other = { protocol: { name: 'kaandorp-2021', bValues: [0, 5, 700] }, data: { S0: 1 } };
  const whole = { ...manifest, config: { ...shared, protocols: [other, { protocol }] } };
  for (const table of [rmse, efficiency]) {
    const content = table.build(several, whole)!;
    assert.is(names(content)[0], 'protocol');
    assert.equal(
      [...new Set(content.lines.map(({ values }) => values[0]))],
      ['barbieri-2020', 'kaandorp-2021'],
    );
    assert.is(content.lines.length, 2 * table.build(rows, manifest)!.lines.length);
    assert.equal(names(content).slice(1), names(table.build(rows, manifest)!));
  }
  assert.ok(names(timing.build(several, whole)!).includes('protocol'));
  const studys = atOneProtocol({ rows: several, manifest: whole });
  assert.equal(
    studys.rows.map(({ factors }) => factors),
    rows.map(({ factors }) => factors),
  );
  assert.equal(studys.manifest.config, manifest.config);
  assert.equal(paperAndThisRun.build(several, whole)!.lines.length, 30);
  const ownData = { protocol, data: { ...(shared as { data?: object }).data, S0: 1 } };
  for (const protocols of [[other], [ownData]] as Json[]) {
    const strangers = { ...manifest, config: { ...shared, protocols } };
    assert.is(paperAndThisRun.build(several, strangers), null);
  }
});

test('the overview has every fitter at the SNR nearest 20, and the reason where one is missing', () => {
  const whole = overview.build(rows, manifest)!;
  assert.equal(names(whole), ['fitter', 'rmse_D', 'rmse_f', 'rmse_Dp', 'failed_percent', 'fit_us_per_voxel']);
  assert.match(whole.columns[1].label, /at SNR 20$/);
  const failed = [
    { id: 'fit dipy trr snr=20', message: 'no module named dipy' },
    { id: 'time dipy trr', message: 'no module named dipy' },
    { id: 'fit dnn snr=20 protocol=mine', message: `it fell over${'!'.repeat(300)} at the end` },
  ];
  const fitters = [
    ...(manifest.config as { fitters: Json[] }).fitters,
    ...['dipy', 'dipy trr'].map((name) => ({ name, use: 'external', settings: {} })),
  ];
  const content = overview.build(rows, {
    ...manifest,
    config: { ...(manifest.config as object), fitters },
    cells: { ...manifest.cells, failed },
  })!;
  const line = (fitter: string) => content.lines.find(({ values }) => values[0] === fitter)?.values;
  assert.equal(line('dipy trr'), ['dipy trr', null, null, null, null, null, '2 cells: no module named dipy']);
  assert.is(line('dipy'), undefined, 'its name is the beginning of another’s');
  assert.match(line('dnn')![6] as string, /^1 cell: it fell over!+ … !+ at the end$/);
  assert.is(line('ls')![6], null);
  // SciPy's RMSE of D at SNR 20, and none failed.
  assert.is((line('ls')![1] as ValueWithInterval).value, 0.00037093694148134155);
  assert.is(line('ls')![4], 0);
});

test('the overview has each protocol at its own SNR nearest 20, in the heading where it is the same', () => {
  const several = underProtocols(rows, ['barbieri-2020', 'other']);
  const same = overview.build(several, manifest)!;
  assert.equal(names(same).slice(0, 3), ['protocol', 'fitter', 'rmse_D']);
  assert.match(same.columns[2].label, /at SNR 20$/);
  const quiet = several.filter(
    ({ factors: { protocol, snr = 100 } }) => protocol !== 'other' || (snr as number) > 40,
  );
  const { columns, lines } = overview.build(quiet, manifest)!;
  assert.equal(
    columns.slice(0, 4).map(({ label }) => label),
    ['Protocol', 'SNR', 'Fitter', 'RMSE of D (10⁻³ mm²/s)'],
  );
  assert.equal(
    new Map(lines.map(({ values }) => [values[0], values[1]])),
    new Map<unknown, unknown>([
      ['barbieri-2020', 20],
      ['other', 50],
    ]),
  );
  for (const { values } of lines) assert.not.ok(values.includes(null), JSON.stringify(values));
});

test('SciPy as the study calls it has a column beside its reference, where a run starts it', () => {
  const scipy = rows
    .filter(({ method }) => method === 'ls')
    .map((row) => ({ ...row, method: 'curve_fit', value: 1.002 * row.value }));
  const external = ['python', '/somewhere/scripts/peers/scipy_curve_fit.py'];
  const fitters = [{ name: 'curve_fit', use: 'external', settings: { external } }];
  const content = paperAndThisRun.build(scipy, {
    ...manifest,
    config: { ...(manifest.config as object), fitters },
  })!;
  const at = names(content).indexOf('scipy_difference_percent');
  for (const { values } of content.lines) assert.ok(Math.abs((values[at] as number) - 0.2) < 1e-9);
  assert.not(names(paperAndThisRun.build(rows, manifest)!).includes('scipy'));
});

test.run();
