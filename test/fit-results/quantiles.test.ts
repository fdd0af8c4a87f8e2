import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { quantiles } from '../../src/fit-results/quantiles.ts';

const test = suite('quantiles');

test('are those of NumPy', () => {
  // np.quantile([3, 1, 2, 10], [0, .25, .5, .9, 1])
  const found = quantiles([3, NaN, 1, 2, Infinity, 10], [0, 0.25, 0.5, 0.9, 1]);
  [1, 1.75, 2.5, 7.9, 10].forEach((value, i) => assert.ok(Math.abs(found[i] - value) < 1e-12));
  assert.equal(quantiles([NaN], [0.5]), [NaN]);
});

test('equal those of the sorted values, whatever the values and the order of the levels', () => {
  const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true, min: -1e9, max: 1e9 }));
  fc.assert(
    fc.property(
      fc.array(value, { minLength: 1, maxLength: 60 }),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 5 }),
      (values, levels) => {
        const sorted = Float64Array.from(values).sort();
        const expected = levels.map((level) => {
          const place = level * (sorted.length - 1);
          const below = Math.floor(place);
          const above = Math.min(below + 1, sorted.length - 1);
          return below === place
            ? sorted[below]
            : sorted[below] + (place - below) * (sorted[above] - sorted[below]);
        });
        assert.equal(
          quantiles(values, levels).map((found) => found + 0),
          expected.map((wanted) => wanted + 0),
        );
      },
    ),
    { numRuns: 2000 },
  );
});

test.run();
