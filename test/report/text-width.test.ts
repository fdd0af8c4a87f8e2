import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readAdvances } from '../../src/report/text-width.ts';

const test = suite('text width');
const assets = new URL('../../src/report/assets/fonts/', import.meta.url);

// Arimo has Arial's widths: units of 2048 to the em from Arial's advance table.
test('measures with the advances of the shipped font', () => {
  const regular = readAdvances(readFileSync(new URL('arimo-regular.ttf', assets)));
  assert.is(regular.width('0'), 1139 / 2048);
  assert.is(regular.width('A'), 1366 / 2048);
  assert.is(regular.width(' '), 569 / 2048);
  assert.is(regular.width('W0'), (1933 + 1139) / 2048);
  assert.is(readAdvances(readFileSync(new URL('arimo-bold.ttf', assets))).width('A'), 1479 / 2048);
});

test('knows the characters of units, signs and Greek', () => {
  const regular = readAdvances(readFileSync(new URL('arimo-regular.ttf', assets)));
  const missing = regular.width('\u{10ffff}');
  for (const character of '⁻³²µσ−–×≥äЖ') assert.not.equal(regular.width(character), missing, character);
  assert.ok(regular.covers('RMSE of D (10⁻³ mm²/s)\n'));
  assert.not.ok(regular.covers('拟合'));
});

test('says what is wrong with a file that is no font', () => {
  assert.throws(() => readAdvances(readFileSync(new URL('LICENSE.txt', assets))));
});

test.run();
