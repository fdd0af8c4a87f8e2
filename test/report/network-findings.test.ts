import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Row } from '../../src/contracts/metric.ts';
import type { StoredRun } from '../../src/contracts/stored-run.ts';
import { allFindings } from '../../src/report/all-findings.ts';
import bestOfRuns from '../../src/report/findings/best-of-runs.ts';
import dataHelps from '../../src/report/findings/data-helps.ts';
import depthHelps from '../../src/report/findings/depth-helps.ts';
import rangeOfDp from '../../src/report/findings/range-of-dp.ts';
import { ratioWords } from '../../src/report/phrases/compared-conditions.ts';
import seedDependence from '../../src/report/findings/seed-dependence.ts';
import parameterRange from '../../src/figures/parameter-range.ts';
import { tableNames, loadTable } from '../../src/plugins/discover.ts';
import { toCsv } from '../../src/tables/writing/csv.ts';
import { toMarkdown } from '../../src/tables/writing/markdown.ts';
import { repeatedRows } from '../tables/repeated-rows.ts';
import { phantomRun } from './phantom-run.ts';

const test = suite('findings: networks');
const { manifest } = phantomRun();

/** A run of one experiment. */
const of = (experiment: string, change: (row: Row) => Row = (row) => row): StoredRun => ({
  manifest: { ...manifest, experiment },
  rows: repeatedRows()
    .filter((row) => row.experiment === experiment)
    .map(change),
  notes: [],
});

test('ratios are told apart from 1 by their intervals', () => {
  const ratio = (depth: number, value: number, ciLow: number, ciHigh: number) =>
    ({ factors: { depth }, value, ciLow, ciHigh }) as unknown as Row;
  const words = ratioWords(
    [ratio(0, 2, 1.5, 2.5), ratio(1, 1.2, 1.1, 1.3), ratio(2, 1.02, 0.9, 1.1), ratio(4, 0.9, 0.85, 0.97)],
    'depth',
  );
  assert.equal([words.lower, words.higher, words.alike], [[4], [0, 1], [2]]);
  assert.is(
    words.text,
    'lower with 4 (by 10 %, interval 3.0–15 %), higher with 0 and 1 (by up to 100 %, interval 50–150 %) and no detectable difference with 2',
  );
});

test('more depth helps only where a deeper network is lower', () => {
  const { found } = depthHelps.find(of('depth'));
  assert.is(found[0], 'dnn: more than 3 hidden layers do not help.');
  assert.match(
    found[1],
    'Median loss against 3 hidden layers: higher with 0 and 1 (by up to 200 %, interval 170–230 %)',
  );
  const deeper = of('depth', (row) =>
    row.metric === 'loss_ratio' && row.factors.depth === 10
      ? { ...row, value: 0.8, ciLow: 0.7, ciHigh: 0.9 }
      : row,
  );
  assert.is(depthHelps.find(deeper).found[0], 'dnn: more than 3 hidden layers help in loss.');
});

test('more data helps as far as a size is worse than the largest', () => {
  const { found } = dataHelps.find(of('training-size'));
  assert.is(found[0], `dnn, loss: more data helps up to the largest set, 100,000 voxels.`);
  const enough = of('training-size', (row) =>
    row.metric === 'loss_all_ratio' && row.factors.training_voxels === 10_000
      ? { ...row, value: 1.01, ciLow: 0.97, ciHigh: 1.05 }
      : row,
  );
  assert.is(
    dataHelps.find(enough).found[0],
    'dnn, loss: more data helps up to 10,000 voxels; beyond, no difference is detected.',
  );
});

test('the best of several is worth what its interval says', () => {
  const { found } = bestOfRuns.find(of('per-snr'));
  assert.match(
    found[0],
    'dnn, D: the network with the lowest loss of 4 has an RMSE 20 % lower than the median network',
  );
  assert.match(found[0], 'interval −25 to −10 %');
  assert.match(
    found[1],
    'f: the network with the lowest loss of 4 does not differ detectably in RMSE from the median network',
  );
  assert.match(
    found[2],
    'Dp: the network with the lowest loss of 4 has an RMSE 20 % higher than the median network',
  );
});

test('the range of Dp: spread under each, and the ratio of errors', () => {
  const { found } = rangeOfDp.find(of('parameter-range'));
  assert.is(found.length, 3);
  assert.match(
    found[2],
    'dnn, Dp at SNR 20: the standard deviation of the estimates over that of the truth is 0.60 (0.55–0.70) with Dp up to 0.1',
  );
  assert.match(found[2], 'the RMSE with Dp up to 0.2 is 1.50 times (1.40–1.70) that with Dp up to 0.1');
});

test('the range of Dp with a range of noise: said in words, and in the table in the place of the SNR', async () => {
  const run = of('parameter-range');
  const rows = run.rows.map((row) => {
    const { snr: _snr, ...factors } = row.factors;
    return { ...row, factors: { ...factors, sigma: '0 to 165' } };
  });
  const { found } = rangeOfDp.find({ ...run, rows });
  assert.match(found[2], 'dnn, Dp with sigma 0 to 165: the standard deviation of the estimates');
  assert.is(rangeOfDp.answer({ ...run, rows }), found[2]);
  const { value: table } = await loadTable('parameter-range');
  const [levels, range] = [run.rows, rows].map((each) => table.build(each, manifest)!);
  assert.equal(
    range.columns.map(({ name }) => name),
    levels.columns.map(({ name }) => (name === 'snr' ? 'sigma' : name)),
  );
  assert.equal(
    range.lines.map(({ values }) => values.with(2, 20)),
    levels.lines.map(({ values }) => values),
  );
  assert.ok(range.lines.every(({ values }) => values[2] === '0 to 165'));
  const texts = [run.rows, rows].map((each) => JSON.stringify(parameterRange.draw(each, [], manifest)));
  assert.is(texts[1], texts[0].replaceAll('SNR 20', 'sigma 0 to 165'));
  assert.match(texts[1], 'sigma 0 to 165');
});

test('dependence on the seed, beside the published figures', () => {
  const { found, reported } = seedDependence.find(of('stability'));
  assert.equal(found, [
    'dnn over 4 seeds at SNR 20: CV_NET 0.090 (0.072–0.12) for D, 0.060 (0.048–0.078) for f and 0.12 (0.096–0.16) for Dp; ' +
      'rank correlation of Dp and f 0.65 (0.55–0.75).',
  ]);
  assert.match(reported, '0.104, 0.054, 0.11');
});

test('without rows nothing is found, and a paper has one of each', async () => {
  for (const finding of [depthHelps, dataHelps, bestOfRuns, rangeOfDp, seedDependence]) {
    assert.equal(finding.find({ manifest, rows: [], notes: [] }).found, []);
  }
  const paper = { manifest: { ...manifest, experiment: 'paper' }, rows: repeatedRows(), notes: [] };
  assert.is((await allFindings(paper)).length, 5);
});

test('tables have a line a condition, and do not depend on the order of rows', async () => {
  const lines: Record<string, number> = {
    depth: 5,
    'training-size': 3,
    'per-snr': 9,
    'parameter-range': 6,
    // Published networks are beside those of the same simulation alone.
    stability: 1,
  };
  const rows = repeatedRows();
  for (const name of tableNames()) {
    const { value: table } = await loadTable(name);
    if (!(name in lines)) {
      // Single runs are no series of the phantom's tables.
      if (name !== 'metrics') assert.is(table.build(rows, manifest), null, name);
      continue;
    }
    const content = table.build(rows, manifest)!;
    assert.is(content.lines.length, lines[name], name);
    assert.is(toCsv(table.build(rows.toReversed(), manifest)!), toCsv(content));
    assert.not.match(toMarkdown(table, content), /NaN|undefined/);
  }
});

test.run();
