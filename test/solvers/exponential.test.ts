import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { expOfMinus } from '../../src/solvers/exponential.ts';

const test = suite('solvers/exponential');

test('is exp(-y) to eleven digits wherever that is above 1e-27', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 63.9, noNaN: true }), (y) => {
      assert.ok(Math.abs(expOfMinus(y) / Math.exp(-y) - 1) < 1e-11);
    }),
    { seed: 9, numRuns: 5000 },
  );
});

test('never leaves its table', () => {
  assert.is(expOfMinus(0), 1);
  assert.is(expOfMinus(-1e-12), 1);
  for (const y of [64, 1e300, Infinity, NaN]) assert.is(expOfMinus(y), 0);
});

test.run();
