import { readdirSync, readFileSync } from 'node:fs';
import { ROWS_PAGE, rowsPage } from '../../scripts/docs/rows.ts';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { FACTORS } from '../../src/measures/factors.ts';
import { classificationRows } from '../tables/classification-rows.ts';
import { phantomRows } from '../tables/phantom-rows.ts';
import { repeatedRows } from '../tables/repeated-rows.ts';
import { transferRows } from '../tables/transfer-rows.ts';
import { volunteersRows } from '../tables/volunteers-rows.ts';
import { compareQuantities } from '../../src/contracts/row-order.ts';
import { ALL_MEASURES, measureNamed } from '../../src/measures/all-measures.ts';
import type { Measure } from '../../src/measures/measure.ts';
import { QUANTITIES, quantityHeading, quantityOf } from '../../src/measures/quantities.ts';

const test = suite('measures');

test('every name is declared once, and every measure says what it is', () => {
  const names = ALL_MEASURES.map(({ name }) => name);
  assert.equal(names.length, new Set(names).size);
  for (const { name, label, definition } of ALL_MEASURES) {
    assert.match(name, /^[a-z][a-z0-9]*(_[a-zA-Z0-9]+)*$/);
    assert.ok(label !== '' && definition.length > 10, name);
  }
  assert.is(measureNamed('rmse')?.gated?.scale, 'ratio');
  assert.is(measureNamed('of a plug-in'), undefined);
});

test('every measure that a file of the folder exports is among them', async () => {
  const folder = new URL('../../src/measures/', import.meta.url);
  for (const file of readdirSync(folder)) {
    const exported = (await import(new URL(file, folder).href)) as Record<string, unknown>;
    for (const value of Object.values(exported)) {
      const isMeasure = typeof value === 'object' && value !== null && 'definition' in value;
      if (isMeasure)
        assert.ok(ALL_MEASURES.includes(value as Measure), `${(value as Measure).name} of ${file}`);
    }
  }
  assert.ok(ALL_MEASURES.length > 60);
});

test('errors have the unit of their quantity, f none', () => {
  const units = (name: string) => ['D', 'f', 'Dp'].map((quantity) => measureNamed(name)!.unit(quantity));
  assert.equal(units('rmse'), ['mm²/s', '', 'mm²/s']);
  assert.equal(units('nrmse'), ['', '', '']);
  assert.equal(units('cv_percent'), ['%', '%', '%']);
});

test('quantities that are not listed come after those that are, and are shown as they are', () => {
  const names = QUANTITIES.map(({ name }) => name);
  assert.equal([...names, '', 'auc', 'Kt10', 'Kt9'].toSorted(compareQuantities), [
    '',
    'D',
    'f',
    'Dp',
    'Kt9',
    'Kt10',
    'S0',
    'auc',
  ]);
  assert.equal(quantityOf('auc'), { name: 'auc', label: 'auc', unit: '', shownUnit: '', scale: 1 });
  assert.is(quantityHeading('auc'), 'auc');
  assert.is(quantityHeading('D'), 'D (10⁻³ mm²/s)');
  assert.is(quantityHeading('f'), 'f');
});

test('docs/rows.md is up to date: node --import tsx scripts/docs/rows.ts', async () => {
  const page = readFileSync(ROWS_PAGE, 'utf8');
  assert.is(page, await rowsPage());
  for (const { name } of ALL_MEASURES) assert.ok(page.includes(`| \`${name}\` `), name);
});

test('every factor column of a run has its line', () => {
  // The columns of the rows that tables and figures are tested with.
  const rows = [
    ...repeatedRows(),
    ...phantomRows(),
    ...volunteersRows(),
    ...transferRows(['a', 'b'], [0]),
    ...classificationRows(),
  ];
  const columns = new Set(rows.flatMap(({ factors }) => Object.keys(factors)));
  for (const column of columns) assert.ok(FACTORS.has(column), column);
  for (const { metric } of rows) assert.ok(measureNamed(metric), metric);
});

test.run();
