import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Figure } from '../../src/contracts/figure.ts';
import type { StoredRun } from '../../src/contracts/stored-run.ts';
import { renderPage } from '../../src/report/page/page.ts';
import { writeReport } from '../../src/report/write.ts';
import { phantomPictures } from '../tables/phantom-rows.ts';
import { phantomRun } from './phantom-run.ts';

const test = suite('report');
const dir = mkdtempSync(join(tmpdir(), 'ivim-report-'));
test.after(() => rmSync(dir, { recursive: true }));

const run: StoredRun = { ...phantomRun(), pictures: phantomPictures() };
const page = (of: StoredRun, figures = []) => renderPage({ run: of, tables: [], figures });

/** The page as the first test has it. */
let written: string;

test('leaves tables, figures and the page, nothing half written', async () => {
  await writeReport(run, dir);
  written = readFileSync(join(dir, 'report.html'), 'utf8');
  assert.equal(readdirSync(join(dir, 'tables')).sort(), [
    ...[
      'calibration.csv',
      'calibration.md',
      'efficiency.csv',
      'efficiency.md',
      'metrics.csv',
      'overview.csv',
      'overview.md',
      'paper-and-this-run.csv',
      'paper-and-this-run.md',
      'rmse.csv',
      'rmse.md',
    ],
    ...['timing.csv', 'timing.md', 'training.csv'],
  ]);
  const figures = [
    ...['best-where', 'bias-and-spread', 'error-boxplots', 'example-decays', 'fit-time', 'rank-histogram'],
    ...['reliability', 'rmse-against-snr', 'training-loss'],
  ];
  assert.equal(
    readdirSync(join(dir, 'figures')).sort(),
    figures.flatMap((name) => [`${name}.png`, `${name}.svg`, `${name}.vl.json`]),
  );
  for (const link of written.matchAll(/<a href="((?:tables|figures)\/[^"]+)"/g)) {
    assert.ok(statSync(join(dir, link[1])).size > 0, link[1]);
  }
});

test('the same run gives the same bytes, and a run with fewer rows takes its files away', async () => {
  await writeReport(run, dir);
  assert.ok(readFileSync(join(dir, 'report.html'), 'utf8') === written);
  writeFileSync(join(dir, 'figures', 'mine.svg'), '<svg/>');
  await writeReport({ ...run, rows: run.rows.filter(({ metric }) => metric === 'rmse'), pictures: [] }, dir);
  assert.equal(readdirSync(join(dir, 'figures')).sort(), [
    ...['best-where.png', 'best-where.svg', 'best-where.vl.json', 'mine.svg'],
    ...['rmse-against-snr.png', 'rmse-against-snr.svg', 'rmse-against-snr.vl.json'],
  ]);
  assert.not.ok(readdirSync(join(dir, 'tables')).includes('timing.csv'));
});

test('is below two megabytes and asks the network for nothing', () => {
  const html = written;
  assert.ok(html.length < 2e6, `${html.length} bytes`);
  assert.match(html, "default-src 'none'");
  const outside = html.replace(/<script[\s\S]*?<\/script>/g, '').replace(/src='data:[^']*'/g, '');
  assert.not.match(outside, /(?:src|href)="(?!tables\/|figures\/|run\.json|data:|#)/);
});

test('markup in names, messages and notes stays text', async () => {
  const evil = '</script><img src=x onerror=alert(1)>';
  const rows = phantomRun([evil, 'ls']).rows;
  const manifest = {
    ...run.manifest,
    title: evil,
    engine: { name: evil, reason: evil },
    cells: { planned: 9, done: 7, failed: [{ id: evil, message: evil }] },
  };
  const hostile = { rows, notes: [{ cell: evil, notes: [`${evil}\u2028`] }], manifest };
  await writeReport(hostile, dir);
  const html = readFileSync(join(dir, 'report.html'), 'utf8');
  assert.not.match(html, '<img src=x');
  assert.is(html.split('</script>').length, html.split(/<script[ >]/).length);
});

test('failed and missing work is said first', async () => {
  const cells = {
    planned: 10,
    done: 6,
    failed: [{ id: 'fit map snr=20', message: 'the prior has no voxels' }],
  };
  const html = await page({ ...run, manifest: { ...run.manifest, ended: null, cells } });
  assert.match(html, '6 of 10 cells are done');
  assert.match(html, '<dt>fit map snr=20</dt><dd>the prior has no voxels</dd>');
  assert.ok(html.indexOf('role="alert"') < html.indexOf('id="ran"'));
  assert.not.match(await page(run), 'role="alert"');
});

test('a figure that could not be drawn says why; the page is there all the same', async () => {
  const figure: Figure = { title: 'Broken', caption: 'c', draw: () => null };
  const failure = 'figure broken: no such mark <x>';
  const html = await renderPage({ run, tables: [], figures: [{ name: 'broken', figure, failure }] });
  assert.match(html, 'This figure could not be drawn: figure broken: no such mark &lt;x&gt;');
});

test('says which figure failed after writing everything else', async () => {
  // A line separator in a name is no JavaScript before 2019, and Vega's expressions are of before.
  const rows = phantomRun(['a\u2028b', 'ls']).rows;
  let message = '';
  await writeReport({ ...run, rows }, dir).catch((error: Error) => (message = error.message));
  assert.match(message, /^figure error-boxplots: /m);
  assert.match(
    readFileSync(join(dir, 'report.html'), 'utf8'),
    'This figure could not be drawn: figure error-boxplots',
  );
  assert.ok(readdirSync(join(dir, 'figures')).includes('rmse-against-snr.png'));
  assert.not.ok(readdirSync(join(dir, 'figures')).includes('error-boxplots.png'));
});

test('says which table failed after writing everything else', async () => {
  const unreadable = { ...run.rows.find(({ metric }) => metric === 'rmse')! };
  Object.defineProperty(unreadable, 'unit', {
    enumerable: true,
    get: () => {
      throw new Error('no such unit <x>');
    },
  });
  let message = '';
  await writeReport({ ...run, rows: [unreadable, ...run.rows] }, dir).catch(
    (error: Error) => (message = error.message),
  );
  assert.equal(message.split('\n'), ['table metrics: no such unit <x>', 'table rmse: no such unit <x>']);
  const html = readFileSync(join(dir, 'report.html'), 'utf8');
  assert.match(html, 'This table could not be built: table rmse: no such unit &lt;x&gt;');
  assert.match(html, 'This table could not be built: table metrics: ');
  assert.not.match(html, 'tables/rmse.csv');
  const tables = readdirSync(join(dir, 'tables'));
  assert.ok(tables.includes('timing.csv') && !tables.includes('rmse.csv') && !tables.includes('rmse.md'));
});

test('names everything one needs to run it again', async () => {
  const html = await page(run);
  const { machine, git, configHash, engine } = run.manifest;
  for (const fact of [machine.cpu, git!.commit, configHash, engine!.reason, 'node 20.20.2', 'run 2020']) {
    assert.match(html, fact);
  }
  assert.match(html, 'name: barbieri-2020');
});

test('the seeds of many trainings are folded behind the first, and none is left out', async () => {
  const seeds = Object.fromEntries(Array.from({ length: 200 }, (_, k) => [`run dnn ${k}`, 1000 + k]));
  const html = await page({ ...run, manifest: { ...run.manifest, seeds } });
  assert.match(html, /<dt>Seeds<\/dt><dd><details><summary>run dnn 0 1000, .*, …<\/summary>run dnn/);
  for (const [name, seed] of Object.entries(seeds)) assert.match(html, `${name} ${seed}`);
});

test.run();
