import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { TableValue } from '../../src/contracts/table.ts';
import { toCsv } from '../../src/tables/writing/csv.ts';

const test = suite('CSV');

const one = (...values: TableValue[]) =>
  toCsv({ columns: values.map((_, i) => ({ name: `c${i}`, label: '' })), lines: [{ values }] });

test('quotes what RFC 4180 says must be quoted, and doubles quotes inside', () => {
  assert.is(
    one('plain', 'a,b', 'say "x"', 'two\nlines'),
    'c0,c1,c2,c3\nplain,"a,b","say ""x""","two\nlines"\n',
  );
});

test('quotes spaces at either end, which readers may drop', () => {
  assert.is(one(' a', 'b '), 'c0,c1\n" a","b "\n');
});

test('text that a spreadsheet would compute begins with an apostrophe; numbers and names with hyphens do not', () => {
  const texts = ['=1+1', '+1', '@SUM(A1)', '-cmd', '\t=1', '-3.5', '-.5', 'ls-global', "'quoted"];
  const lines = texts.map(
    (text) => toCsv({ columns: [{ name: 'a', label: 'a' }], lines: [{ values: [text] }] }).split('\n')[1],
  );
  assert.equal(lines, ["'=1+1", "'+1", "'@SUM(A1)", "'-cmd", "'\t=1", '-3.5', '-.5', 'ls-global', "'quoted"]);
});

test('leaves null and NaN empty and writes infinity as a word', () => {
  assert.is(one(null, NaN, Infinity, 0), 'c0,c1,c2,c3\n,,Infinity,0\n');
});

test('writes an interval as three columns, also where only some lines have one', () => {
  const columns = [{ name: 'ls', label: '' }];
  const lines = [{ values: [{ value: 2, low: 1, high: NaN }] }, { values: [null] }, { values: [7] }];
  assert.is(toCsv({ columns, lines }), 'ls,ls_ci_low,ls_ci_high\n2,1,\n,,\n7,,\n');
});

test('writes what programs read of a named value', () => {
  assert.is(one({ raw: 'D', shown: 'D (10⁻³ mm²/s)' }), 'c0\nD\n');
});

test('every finite number comes back as it was', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const back = Number(one(value).split('\n')[1]);
      return back === value;
    }),
    { seed: 3, numRuns: 500 },
  );
});

test.run();
