import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import fc from 'fast-check';
import type { Row } from '../../src/contracts/metric.ts';
import { compareNames, compareRows } from '../../src/contracts/row-order.ts';

const test = suite('order of rows');

const row = (fitter: string, factors: Row['factors'], parameter: Row['parameter'], metric = 'rmse'): Row => ({
  experiment: 'phantom',
  method: fitter,
  factors,
  parameter,
  metric,
  value: 0,
  ciLow: 0,
  ciHigh: 0,
  unit: '',
  n: 1,
});

const ordered = [
  row('Map', { snr: 9 }, 'D'),
  row('ls', {}, '', 'prepare_s'),
  row('ls', { snr: 9 }, 'D', 'bias'),
  row('ls', { snr: 9 }, 'D'),
  row('ls', { snr: 9 }, 'f'),
  row('ls', { snr: 9 }, 'Dp'),
  row('ls', { snr: 100 }, 'D'),
  row('ls', { snr: 'all' }, 'D'),
  row('ls', { depth: 2 }, 'D'),
  row('ls', { depth: 10, snr: 9 }, 'D'),
];

test('numbers as numbers, parameters as everywhere, whatever the order they come in', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(ordered, { minLength: ordered.length }), (rows) => {
      assert.equal(rows.toSorted(compareRows), ordered);
    }),
    { seed: 5, numRuns: 100 },
  );
});

test('names by code units, digits as numbers: no language has a part in it', () => {
  // A collator of ICU puts Map after ls and Å beside A.
  const names = [
    '',
    '1',
    '01',
    '2',
    '10',
    'Map',
    'Å',
    'dnn · depth 2',
    'dnn · depth 10',
    'ls',
    'ls-s0',
    'ls_2',
    'ls_10',
  ];
  const expected = [
    '',
    '01',
    '1',
    '2',
    '10',
    'Map',
    'dnn · depth 2',
    'dnn · depth 10',
    'ls',
    'ls-s0',
    'ls_2',
    'ls_10',
    'Å',
  ];
  assert.equal(names.toSorted(compareNames), expected);
});

test('the order of names is one: nothing between two that are equal, and no circles', () => {
  const name = fc.string({ unit: fc.constantFrom('a', 'B', '-', '0', '1', '9', '\n'), maxLength: 5 });
  fc.assert(
    fc.property(name, name, name, (a, b, c) => {
      assert.is(Math.sign(compareNames(a, b)) + Math.sign(compareNames(b, a)), 0);
      assert.is(compareNames(a, b) === 0, a === b);
      if (compareNames(a, b) < 0 && compareNames(b, c) < 0) assert.ok(compareNames(a, c) < 0);
    }),
    { seed: 9, numRuns: 2000 },
  );
});

test.run();
