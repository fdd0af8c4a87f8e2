import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import fc from 'fast-check';
import type { Row } from '../../src/contracts/metric.ts';
import { compareRows } from '../../src/runner/row-order.ts';

const test = suite('runner: order of rows');

const row = (fitter: string, factors: Row['factors'], parameter: Row['parameter'], metric = 'rmse'): Row => ({
  experiment: 'phantom',
  fitter,
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

test.run();
