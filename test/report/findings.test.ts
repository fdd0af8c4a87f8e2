import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Json } from '../../src/contracts/experiment.ts';
import type { StoredRun } from '../../src/contracts/stored-run.ts';
import { allFindings } from '../../src/report/all-findings.ts';
import bayesFloor from '../../src/report/findings/bayes-floor.ts';
import globalMinimum from '../../src/report/findings/global-minimum.ts';
import lowestError from '../../src/report/findings/lowest-error.ts';
import networkSpread from '../../src/report/findings/network-spread.ts';
import networkTime from '../../src/report/findings/network-time.ts';
import sameLeastSquares from '../../src/report/findings/same-least-squares.ts';
import { snrWords, wordList } from '../../src/report/phrases/lists-in-words.ts';
import { renderPage } from '../../src/report/page/page.ts';
import { underProtocols } from '../tables/phantom-rows.ts';
import { phantomRun } from './phantom-run.ts';

const test = suite('findings');
const run = phantomRun();

/** The run with every value of a fitter's RMSE of a parameter at some SNRs multiplied. */
function changed(fitter: string, parameter: string, snrs: readonly number[], factor: number): StoredRun {
  const rows = run.rows.map((row) =>
    row.metric === 'rmse' &&
    row.method === fitter &&
    row.parameter === parameter &&
    snrs.includes(row.factors.snr as number)
      ? { ...row, value: row.value * factor }
      : row,
  );
  return { ...run, rows };
}

test('SNRs in words: runs of neighbours are joined', () => {
  const all = [10, 12.5, 20, 50, 100];
  assert.is(snrWords(all, all), 'at every SNR');
  assert.is(snrWords([], all), 'at no SNR');
  assert.is(snrWords([10, 12.5, 20, 100], all), 'at SNR 10–20 and 100');
  assert.is(snrWords([20, 50], all), 'at SNR 20 and 50');
  assert.is(snrWords([50 / 3], [50 / 3]), 'at SNR 16.7');
  assert.is(wordList(['a', 'b', 'c']), 'a, b and c');
});

test('names the fitter with the lowest error at each SNR', () => {
  assert.equal(lowestError.find(run).found, [
    'Lowest RMSE of D, f and Dp among ls, map and dnn: dnn at every SNR.',
  ]);
  assert.equal(lowestError.find(changed('ls', 'f', [100, 50], 0.1)).found, [
    'Lowest RMSE of D and Dp among ls, map and dnn: dnn at every SNR.',
    'Lowest RMSE of f among ls, map and dnn: dnn at SNR 10–33.3, ls at SNR 50 and 100.',
  ]);
});

test('gives the ratio of times to the network’s, and the training', () => {
  const { found } = networkTime.find(run);
  assert.equal(found.slice(0, 2), ['dnn takes 0.2 µs per voxel.', 'ls takes 180 µs, 900 times as long.']);
  assert.is(found.at(-1), 'The training of dnn took 22 s.');
  const slower = run.rows.map((row) =>
    row.method === 'dnn' && row.metric === 'fit_us_per_voxel' ? { ...row, value: 8 } : row,
  );
  assert.ok(
    networkTime
      .find({ ...run, rows: slower })
      .found.includes('segmented takes 0.8 µs; it is 10 times as fast.'),
  );
});

test('says how far ls is from the study’s own code, and on which voxels', () => {
  const { found } = sameLeastSquares.find(changed('ls', 'Dp', [20], 1.004));
  assert.equal(found, [
    'D: the same to 0.01 % at all 10 SNRs.',
    'f: the same to 0.01 % at all 10 SNRs.',
    'Dp: within 0.40 % at all 10 SNRs (furthest at SNR 20: +0.40 %).',
    'Both use the same 10,000 voxels at each SNR.',
  ]);
  const config = run.manifest.config as { readonly data: Readonly<Record<string, Json>> };
  const fewer = {
    ...run,
    manifest: { ...run.manifest, config: { ...config, data: { ...config.data, voxels: 500 } } },
  };
  assert.match(sameLeastSquares.find(fewer).found.at(-1)!, 'sampling error');
  const elsewhere = { ...run, manifest: { ...run.manifest, config: { ...config, protocol: 'brain' } } };
  assert.equal(sameLeastSquares.find(elsewhere).found, []);
});

test('tells where the global minimum is worse or better, with numbers of one SNR', () => {
  assert.is(
    globalMinimum.find(run).found[2],
    'Dp: ls-global is worse than ls at every SNR (at SNR 20, 271 against 234 × 10⁻³ mm²/s).',
  );
  const mixed = globalMinimum.find(changed('ls-global', 'f', [10], 0.5)).found[1];
  assert.match(mixed, ' and better than ls at SNR 10 (at SNR 20, 0.150 against 0.142).');
  const alike = changed('ls-global', 'D', [], 1);
  const rows = alike.rows.filter(({ method }) => method !== 'ls-global');
  const copies = rows.filter(({ method }) => method === 'ls').map((row) => ({ ...row, method: 'ls-global' }));
  assert.is(
    globalMinimum.find({ ...run, rows: [...rows, ...copies] }).found[0],
    'D: ls-global and ls are within 1 % at every SNR.',
  );
});

test('places the network in the range of the study’s code', () => {
  assert.equal(networkSpread.find(run).found, [
    'D: 0.202 10⁻³ mm²/s, inside that range.',
    'f: 0.0592, below that range.',
    'Dp: 29.3 10⁻³ mm²/s, above that range.',
  ]);
});

test('measures the network against the floor', () => {
  const { found } = bayesFloor.find(run);
  assert.match(found[0], 'mmse against the reference, D: the same to 0.01 % at all 10 SNRs.');
  assert.match(found.at(-1)!, /^dnn lies 5 to 49 % above mmse in Dp\.$/);
});

test('a run without a fitter gives no sentence about it but says why', async () => {
  const segmented = phantomRun(['segmented']);
  const alone = { ...segmented, rows: segmented.rows.filter(({ metric }) => !metric.startsWith('coverage')) };
  for (const { found, otherwise } of await allFindings(alone)) {
    assert.equal(found, []);
    assert.ok(otherwise.length > 0);
  }
  const rows = run.rows.map((row) => ({ ...row, experiment: 'another' }));
  assert.equal(await allFindings({ ...run, rows, manifest: { ...run.manifest, experiment: 'another' } }), []);
});

/** The run under several protocols, of which the study's may be one. */
function several(...names: readonly string[]): StoredRun {
  const { protocol, ...shared } = run.manifest.config as { readonly [key: string]: Json };
  const protocols = names.map((name): Json =>
    name === 'barbieri-2020'
      ? { protocol }
      : { protocol: { name, bValues: [0, 5, 700, 900] }, data: { S0: 1 } },
  );
  return {
    ...run,
    rows: underProtocols(run.rows, names),
    manifest: { ...run.manifest, config: { ...shared, protocols } },
  };
}

test('of several protocols the study’s speaks as it would alone, and is named', async () => {
  const alone = await allFindings(run);
  const among = await allFindings(several('barbieri-2020', 'other'));
  assert.equal(
    among.map(({ found }) => found),
    alone.map(({ found }) => found),
  );
  assert.is(among[0].where, 'At barbieri-2020, the study’s protocol:');
  const page = (of: StoredRun) => renderPage({ run: of, tables: [], figures: [] });
  assert.match(
    await page(several('barbieri-2020', 'other')),
    '<td><p>At barbieri-2020, the study’s protocol:</p><ul>',
  );
  assert.ok(alone.every(({ where }) => where === undefined));
  assert.not.match(await page(run), '<td><p>At');
});

test('without the study’s protocol the first speaks where any can, and published figures are kept from it', async () => {
  const findings = await allFindings(several('zebra', 'another'));
  assert.is(findings[0].where, 'At zebra, the first protocol of this run, which lacks the study’s:');
  assert.equal(findings[0].found, lowestError.find(run).found);
  const text = JSON.stringify(findings.map(({ found }) => found));
  assert.match(text, 'dnn lies 5 to 49 % above mmse in Dp.');
  assert.match(text, 'mmse: intervals contain the truth in 95.0 % for D');
  assert.not.match(text, /the reference|inside that range|same 10,000/);
  const refused = findings.filter(({ found }) => found.length === 0).map(({ otherwise }) => otherwise);
  assert.equal(refused, [
    'This run does not have ls with the study’s settings.',
    'This run does not have dnn with the study’s settings at SNR 20.',
    'Not reproduced: the volunteers’ images were never published.',
  ]);
});

test('an mmse without dnn beside it and without the study’s voxels is not said to be missing', async () => {
  const { rows, manifest } = several('zebra');
  const left = { ...run, manifest, rows: rows.filter(({ method }) => method !== 'dnn') };
  const floor = (await allFindings(left)).find(({ otherwise }) => otherwise.includes('mmse'))!;
  assert.equal(floor.found, []);
  assert.is(
    floor.otherwise,
    'This run has neither mmse on the study’s tissue and b-values nor mmse and dnn together.',
  );
});

test('no sentence ever shows NaN or infinity', async () => {
  const broken = run.rows.map((row, i) => (i % 3 === 0 ? { ...row, value: i % 2 === 0 ? NaN : 0 } : row));
  const text = JSON.stringify(await allFindings({ ...run, rows: broken }));
  assert.not.match(text, /NaN|Infinity|undefined|∞/);
});

test.run();
