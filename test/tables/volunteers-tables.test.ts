import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Json } from '../../src/contracts/experiment.ts';
import type { ValueWithInterval, Table, TableContent } from '../../src/contracts/table.ts';
import readerAgreement from '../../src/tables/reader-agreement.ts';
import { inRegionOrder } from '../../src/tables/reading/regions.ts';
import { bySession, sessionText } from '../../src/tables/reading/session-display.ts';
import regionMeans from '../../src/tables/region-means.ts';
import regionVariation from '../../src/tables/region-variation.ts';
import shrinkage from '../../src/tables/shrinkage.ts';
import volunteersAndPaper from '../../src/tables/volunteers-and-paper.ts';
import { toCsv } from '../../src/tables/writing/csv.ts';
import { toMarkdown } from '../../src/tables/writing/markdown.ts';
import { phantomRun } from '../report/phantom-run.ts';
import { volunteersRows } from './volunteers-rows.ts';

const test = suite('tables of volunteers');
const { manifest: ofPhantom, rows: phantom } = phantomRun();
const config = ofPhantom.config as { readonly protocol: Json };
/** Virtual people as the study's config has them. */
const manifest = {
  ...ofPhantom,
  config: {
    experiment: 'volunteers',
    protocol: config.protocol,
    data: { virtual: { organs: { name: 'abdomen' } } },
  },
};
const rows = volunteersRows();
const all: Table[] = [readerAgreement, regionMeans, regionVariation, shrinkage, volunteersAndPaper];

/** The cells of the lines of a fitter, session and parameter, by column. */
function line(content: TableContent, ...about: string[]): Record<string, unknown> {
  const raw = (value: unknown) =>
    typeof value === 'object' && value !== null && 'raw' in value ? value.raw : value;
  const found = content.lines.filter(({ values }) => about.every((each) => values.map(raw).includes(each)));
  assert.is(found.length, 1, about.join());
  return Object.fromEntries(content.columns.map(({ name }, i) => [name, found[0].values[i]]));
}

test('a table without its rows is not there, and none depends on their order', () => {
  for (const table of all) {
    assert.is(table.build([], manifest), null, table.title);
    assert.is(table.build(phantom, manifest), null, table.title);
    if (table === regionMeans) continue;
    assert.is(
      toCsv(table.build([...rows].reverse(), manifest)!),
      toCsv(table.build(rows, manifest)!),
      table.title,
    );
  }
});

test('each statistic stands beside the range of the abstract', () => {
  const content = volunteersAndPaper.build(rows, manifest)!;
  assert.is(content.lines.length, 3 * 2 * 3, 'the truth is no fitter');
  const weak = line(content, 'dnn', 'ses-15T', 'D');
  assert.ok(Math.abs((weak.icc_percent as ValueWithInterval).value - 90) < 1e-9);
  assert.equal([weak.icc_study, weak.cv_study], ['inside', 'below']);
  const strong = line(content, 'ls', 'ses-3T', 'Dp');
  assert.equal([strong.icc_study, strong.cv_study], ['above', 'inside']);
  const markdown = toMarkdown(volunteersAndPaper, content);
  assert.match(markdown, '| Dp (10⁻³ mm²/s) | 1.5 T | dnn |');
  assert.match(markdown, 'Study: 9.2–28.4 %');
});

test('other people are not held against those of the study', () => {
  const elsewhere = { ...manifest, config: { experiment: 'volunteers', data: { bids: 'a/data/set' } } };
  assert.is(volunteersAndPaper.build(rows, elsewhere), null);
});

test('a small CV stands beside the true one and the slope that gives it away', () => {
  const content = shrinkage.build(rows, manifest)!;
  const found = line(content, 'dnn', 'ses-3T', 'f');
  const value = (name: string) => (found[name] as ValueWithInterval).value;
  assert.ok(Math.abs(value('cv_percent') - 1.29) < 1e-9);
  assert.ok(Math.abs(value('true_cv_percent') - 12.9) < 1e-9);
  assert.is(value('slope_within_regions'), 0.1);
  assert.not.ok(JSON.stringify(content.lines).includes('"truth"'));
  // Real people have no truth.
  const real = rows.filter(({ method: fitter, metric }) => fitter !== 'truth' && !/truth/.test(metric));
  assert.is(shrinkage.build(real, manifest), null);
});

test('agreement in full: all forms, for the truth too, in the unit of the parameter', () => {
  const content = readerAgreement.build(rows, manifest)!;
  assert.is(content.lines.length, 3 * 2 * 4);
  const found = line(content, 'truth', 'ses-15T', 'D');
  for (const form of ['icc1', 'icc2', 'icc3', 'icc1k', 'icc2k', 'icc3k']) {
    assert.is((found[form] as ValueWithInterval).value, 0.9);
  }
  assert.is((found.mean_difference as ValueWithInterval).value, 0.0009 * 0.001);
  assert.is(found.p, 1e-7);
  assert.match(toMarkdown(readerAgreement, content), /\| 0\.045\d* \(/, 'repeatability in 10⁻³ mm²/s');
});

test('regions are in the order of the data set, the truth in the last column', () => {
  const content = regionVariation.build(rows, manifest)!;
  assert.equal(
    content.lines.slice(0, 3).map(({ values }) => (values[2] as { shown: string }).shown),
    ['left liver', 'spleen', 'cortex'],
  );
  assert.equal(
    content.columns.map(({ name }) => name),
    ['parameter', 'session', 'region', 'people', 'dnn', 'ls', 'map', 'truth'],
  );
  assert.equal(inRegionOrder([], ['b', 'a', 'b']), ['a', 'b']);
});

test('region means: a line per fitter, person, session, reader and region', () => {
  const content = regionMeans.build(rows, manifest)!;
  assert.is(content.lines.length, 4 * 4 * 2 * 2 * 3);
  assert.is(toCsv(content).split('\n')[0], 'fitter,subject,session,reader,region,D,f,Dp,voxels');
});

test('sessions are read as fields where they are named so', () => {
  assert.equal(
    ['ses-15T', 'ses-3T', 'ses-3Tideal', '7T', 'ses-117T', 'ses-baseline', 'single'].map(sessionText),
    ['1.5 T', '3 T', '3 T, ideal', '7 T', '11.7 T', 'baseline', 'single'],
  );
  assert.equal(['ses-3T', 'ses-b', 'ses-15Tideal', 'ses-15T', 'ses-a'].sort(bySession), [
    'ses-15T',
    'ses-15Tideal',
    'ses-3T',
    'ses-a',
    'ses-b',
  ]);
});

test.run();
