import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { icc2kIsMeaningful, intraclassCorrelations } from '../../src/agreement/icc.ts';
import { meanSquares } from '../../src/agreement/mean-squares.ts';
import { takeTargets } from '../../src/agreement/ratings.ts';
import { refused } from '../data/refused.ts';
import { near } from './near.ts';
import { ratingsOf } from './ratings-of.ts';

const test = suite('agreement: intraclass correlations');

interface Reference {
  readonly order: readonly string[];
  readonly tables: Record<
    string,
    { ratings: number[][]; pingouin: number[][]; psych: number[][]; psych90: number[][] }
  >;
}
const { order, tables } = JSON.parse(
  readFileSync(new URL('../fixtures/icc-reference.json', import.meta.url), 'utf8'),
) as Reference;

const iccsOf = (rows: readonly (readonly number[])[], confidence?: number) =>
  intraclassCorrelations(meanSquares(ratingsOf(rows)), confidence);
const valuesOf = (rows: readonly (readonly number[])[]) => iccsOf(rows).map(({ value }) => value);

test("the example of Shrout and Fleiss (1979), as psych's documentation prints it", () => {
  const found = iccsOf(tables['shrout-fleiss-1979'].ratings);
  assert.equal(
    found.map(({ form, value }) => `${form} ${value.toFixed(2)}`),
    ['icc1 0.17', 'icc2 0.29', 'icc3 0.71', 'icc1k 0.44', 'icc2k 0.62', 'icc3k 0.91'],
  );
  assert.equal(
    found.map(({ low, high }) => `${low.toFixed(3)} ${high.toFixed(2)}`),
    ['-0.133 0.72', '0.019 0.76', '0.342 0.95', '-0.884 0.91', '0.071 0.93', '0.676 0.99'],
  );
});

for (const [name, table] of Object.entries(tables)) {
  for (const [program, confidence, rows] of [
    ['pingouin 0.7.0', 0.95, table.pingouin],
    ['psych 2.2.9', 0.95, table.psych],
    ['psych 2.2.9, alpha 0.1', 0.9, table.psych90],
  ] as const) {
    test(`${name}: all forms as ${program}`, () => {
      const found = iccsOf(table.ratings, confidence);
      assert.equal(
        found.map(({ form }) => form),
        order,
      );
      found.forEach(({ form, value, low, high, f, df1, df2, p }, i) => {
        [value, low, high, f, df1, df2].forEach((number, j) =>
          near(number, rows[i][j], 1e-9, `${form} ${j}`),
        );
        assert.ok(Math.abs(p / rows[i][6] - 1) < 1e-9, `${form}: p ${p}, expected ${rows[i][6]}`);
      });
    });
  }
}

const rating = fc.double({ min: -10, max: 10, noNaN: true });
/** Tables in which targets, raters and error all vary by far more than rounding. */
const table = fc
  .tuple(fc.integer({ min: 3, max: 12 }), fc.integer({ min: 2, max: 5 }))
  .chain(([n, k]) =>
    fc.array(fc.array(rating, { minLength: k, maxLength: k }), { minLength: n, maxLength: n }),
  )
  .filter((rows) => {
    const { betweenTargets, betweenRaters, error } = meanSquares(ratingsOf(rows));
    return Math.min(betweenTargets, betweenRaters, error) > 1e-2;
  });

test('nothing changes with a constant added to all, their scale and sign, or the order of targets and raters', () => {
  fc.assert(
    fc.property(table, fc.double({ min: -50, max: 50, noNaN: true }), (rows, constant) => {
      const expected = iccsOf(rows);
      const same = (others: number[][], what: string) =>
        iccsOf(others).forEach(({ value, low, high, p }, i) => {
          near(value, expected[i].value, 1e-8, `${what}: ${order[i]}`);
          // Limits of icc2k pass through a pole where there is hardly any agreement.
          if (i === 4) return;
          near(low, expected[i].low, 1e-8, `${what}: ${order[i]} low`);
          near(high, expected[i].high, 1e-8, `${what}: ${order[i]} high`);
          near(p, expected[i].p, 1e-8, `${what}: ${order[i]} p`);
        });
      same(
        rows.map((row) => row.map((value) => value + constant)),
        'constant',
      );
      same(
        rows.map((row) => row.map((value) => value * -1e-3)),
        'scale',
      );
      same(rows.toReversed(), 'targets');
      same(
        rows.map((row) => row.toReversed()),
        'raters',
      );
    }),
    { seed: 1, numRuns: 100 },
  );
});

test('a shift of one rater leaves icc3 and icc3k alone and lowers the others where targets agree', () => {
  fc.assert(
    fc.property(table, fc.double({ min: 0.5, max: 5, noNaN: true }), (rows, shift) => {
      const shifted = rows.map(([first, ...rest]) => [first + shift, ...rest]);
      const [before, after] = [valuesOf(rows), valuesOf(shifted)];
      near(after[2], before[2], 1e-9, 'icc3');
      near(after[5], before[5], 1e-9, 'icc3k');
    }),
    { seed: 2, numRuns: 100 },
  );
  const { ratings } = tables['two-readers-30'];
  const before = valuesOf(ratings);
  const after = valuesOf(ratings.map(([first, second]) => [first, second + 2e-4]));
  for (const i of [0, 1, 3, 4])
    assert.ok(after[i] < before[i] - 0.05, `${order[i]}: ${before[i]}, ${after[i]}`);
});

test('averages follow from single ratings by the formula of Spearman and Brown', () => {
  fc.assert(
    fc.property(table, (rows) => {
      const k = rows[0].length;
      const values = valuesOf(rows);
      for (const i of [0, 1, 2]) {
        const steppedUp = 1 + values[i] * (k - 1);
        if (Math.abs(steppedUp) > 1e-2) near(values[i + 3], (k * values[i]) / steppedUp, 1e-9, order[i]);
      }
    }),
    { seed: 3, numRuns: 100 },
  );
});

test('intervals hold the estimate, and the wider the more confident', () => {
  fc.assert(
    fc.property(table, (rows) => {
      const [narrow, wide] = [iccsOf(rows, 0.5), iccsOf(rows, 0.99)];
      for (const i of [0, 1, 2, 3, 5]) {
        assert.ok(narrow[i].low <= narrow[i].value && narrow[i].value <= narrow[i].high, `${order[i]}, 50 %`);
        assert.ok(wide[i].low <= narrow[i].low && narrow[i].high <= wide[i].high, `${order[i]}, 99 %`);
      }
    }),
    { seed: 4, numRuns: 100 },
  );
});

test('perfect agreement is 1 with limits 1, whatever the digits and however many raters', () => {
  for (const raters of [2, 3, 7, 49]) {
    for (const row of iccsOf([0.1, 0.7, 1 / 3, 2e-3].map((value) => new Array<number>(raters).fill(value)))) {
      assert.equal([row.value, row.low, row.high, row.f, row.p], [1, 1, 1, Infinity, 0], row.form);
    }
  }
});

test('perfect consistency is 1 for icc3 though raters differ by a constant', () => {
  const [, icc2, icc3, , , icc3k] = iccsOf([0.1, 0.4, 0.9].map((value) => [value, value + 0.1]));
  for (const { value, low, high, f, p } of [icc3, icc3k]) {
    assert.equal([value, low, high, f, p], [1, 1, 1, Infinity, 0]);
  }
  assert.ok(icc2.low > 0 && icc2.low < icc2.value && icc2.value < 1 && icc2.high < 1);
});

test('ratings that never vary have no intraclass correlation', () => {
  for (const { form, value, low, high, f, p } of iccsOf(new Array<number[]>(5).fill([0.1, 0.1, 0.1]))) {
    assert.ok([value, low, high, f, p].every(Number.isNaN), form);
  }
});

test('targets that raters can only swap: the least value there is', () => {
  const rows = iccsOf([
    [1, 2, 3],
    [2, 3, 1],
    [3, 1, 2],
  ]);
  // Every target has the same mean: -1 / (k - 1) for single ratings, no bound for averages.
  near(rows[0].value, -1 / 2, 1e-15);
  near(rows[2].value, -1 / 2, 1e-15);
  // Raters have equal means too, so error is 3/2 times what one-way analysis finds within targets.
  near(rows[1].value, -1, 1e-12);
  near(rows[1].low, -1, 1e-12);
  near(rows[1].high, -1, 1e-12);
  assert.equal([rows[3].value, rows[5].value], [-Infinity, -Infinity]);
  assert.equal([rows[0].f, rows[0].p], [0, 1]);
});

test('says where icc2k means nothing', () => {
  assert.not(icc2kIsMeaningful(meanSquares(ratingsOf(tables['negative'].ratings))));
  assert.ok(icc2kIsMeaningful(meanSquares(ratingsOf(tables['near-zero'].ratings))));
});

test('one target, one rater, numbers that are none, and a confidence of 95 are refused', async () => {
  await refused(() => iccsOf([[1, 2]]), '1 target;', 'at least 2');
  await refused(() => iccsOf([[1], [2]]), '1 rater;', 'at least 2');
  await refused(
    () =>
      iccsOf([
        [1, 2],
        [NaN, 3],
      ]),
    'target 2',
    'rater 1',
    'NaN',
  );
  await refused(
    () =>
      iccsOf([
        [1, 2],
        [4, Infinity],
      ]),
    'target 2',
    'rater 2',
    'Infinity',
  );
  for (const confidence of [95, 1, 0, -0.5, NaN]) {
    await refused(
      () =>
        iccsOf(
          [
            [1, 2],
            [2, 4],
          ],
          confidence,
        ),
      `confidence of ${confidence}`,
      '0.95',
    );
  }
  assert.throws(
    () => meanSquares({ targets: 2, raters: 2, values: new Float64Array(3) }),
    (error: unknown) => error instanceof RangeError,
  );
});

test('ratings given are left as they are', () => {
  const ratings = ratingsOf(tables['negative'].ratings);
  const before = ratings.values.slice();
  meanSquares(takeTargets(ratings, [2, 2, 0]));
  intraclassCorrelations(meanSquares(ratings));
  assert.equal(ratings.values, before);
});

test.run();
