import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { auc } from '../../src/image-metrics/auc.ts';
import { compareAucs } from '../../src/image-metrics/delong-test.ts';
import { midranks } from '../../src/image-metrics/placements.ts';
import { rocCurve } from '../../src/image-metrics/roc.ts';
import { asah } from './asah.ts';

const test = suite('AUC');

/** To the digits that pROC's tests state. */
const near = (value: number, wanted: number, message: string) =>
  assert.ok(
    Math.abs(value - wanted) <= 1e-9 * Math.abs(wanted) + 1e-14,
    `${message}: ${value}, not ${wanted}`,
  );

const { positive } = asah;
const scored = (name: 'wfns' | 's100b' | 'ndka') => ({ scores: asah[name], positive });

// https://github.com/xrobin/pROC, tests/testthat: test-var.R, test-ci.auc.R, test-cov.R, test-roc.test.R; and for s100b
// what `roc(aSAH$outcome, aSAH$s100b, ci = TRUE)` prints: 0.7314, 0.6301-0.8326.
test("AUCs, DeLong's variances and plain intervals are pROC's on its example", () => {
  near(auc(scored('wfns')).variance, 0.00146991470882363, 'wfns');
  near(auc(scored('ndka')).variance, 0.0031908105493913, 'ndka');
  near(auc(scored('s100b')).variance, 0.00266868245717244, 's100b');
  const ndka = auc(scored('ndka'), 'plain');
  near(ndka.low, 0.501244999271703, 'low');
  near(ndka.value, 0.611957994579946, 'ndka');
  near(ndka.high, 0.722670989888189, 'high');
  const s100b = auc(scored('s100b'), 'plain');
  assert.is(s100b.value.toFixed(4), '0.7314');
  assert.is(s100b.low.toFixed(4), '0.6301');
  assert.is(s100b.high.toFixed(4), '0.8326');
  assert.is(s100b.n, 113);
});

test("paired tests are pROC's on its example", () => {
  const pair = (first: 'wfns' | 's100b' | 'ndka', second: typeof first) =>
    compareAucs({ first: asah[first], second: asah[second], positive });
  const ndka = pair('ndka', 's100b');
  near(ndka.z, -1.39077002573558, 'Z of ndka and s100b');
  near(ndka.p, 0.164295175223054, 'p of ndka and s100b');
  near(ndka.low, -0.2876917446341914, 'low');
  near(ndka.high, 0.0488706064228094, 'high');
  near(ndka.covariance, -0.000756164938056579, 'covariance of ndka and s100b');
  const wfns = pair('wfns', 's100b');
  near(wfns.z, 2.20898359144091, 'Z of wfns and s100b');
  near(wfns.p, 0.0271757822291882, 'p of wfns and s100b');
  near(wfns.covariance, 0.00119615567376754, 'covariance of wfns and s100b');
  near(wfns.low, 0.0104061769564846, 'low');
  near(wfns.high, 0.174214419249478, 'high');
  near(pair('wfns', 'ndka').p, 0.00514557970691098, 'p of wfns and ndka');
  const back = pair('s100b', 'ndka');
  assert.equal([back.z, back.p, back.value], [-ndka.z, ndka.p, -ndka.value]);
  const same = pair('wfns', 'wfns');
  assert.equal([same.z, same.p, same.low, same.high], [0, 1, 0, 0]);
});

/** Scores of a few values, so that many tie, with both classes there at least twice. */
const cases = fc
  .array(
    fc.record({ score: fc.integer({ min: -4, max: 4 }), other: fc.double({ min: -3, max: 3, noNaN: true }) }),
    {
      minLength: 5,
      maxLength: 60,
    },
  )
  .chain((rows) =>
    fc.record({
      scores: fc.constant(rows.map(({ score }) => score)),
      others: fc.constant(rows.map(({ other }) => other)),
      positive: fc
        .array(fc.integer({ min: 0, max: 1 }), { minLength: rows.length, maxLength: rows.length })
        .filter((classes) => {
          const count = classes.reduce((sum, one) => sum + one, 0);
          return count >= 2 && count <= rows.length - 2;
        }),
    }),
  );

test('the AUC is the share of pairs in order, and the variance that of the definition, with ties', () => {
  fc.assert(
    fc.property(cases, ({ scores, positive }) => {
      const above = scores.filter((_, i) => positive[i]);
      const below = scores.filter((_, i) => !positive[i]);
      const wins = (x: number, y: number) => (x > y ? 1 : x === y ? 0.5 : 0);
      const perPositive = above.map((x) => below.reduce((sum, y) => sum + wins(x, y), 0) / below.length);
      const perNegative = below.map((y) => above.reduce((sum, x) => sum + wins(x, y), 0) / above.length);
      const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
      const spread = (values: number[]) =>
        values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0) / (values.length - 1);
      const found = auc({ scores, positive });
      assert.ok(Math.abs(found.value - mean(perPositive)) < 1e-12);
      const variance = spread(perPositive) / above.length + spread(perNegative) / below.length;
      assert.ok(Math.abs(found.variance - variance) < 1e-12);
    }),
  );
});

test('only the order counts; turned scores have the rest to 1; the trapezoids of the curve have the same area', () => {
  fc.assert(
    fc.property(cases, ({ scores, others, positive }) => {
      const { value, variance, low, high } = auc({ scores, positive });
      const stretched = auc({ scores: scores.map((x) => Math.exp(x) - 7), positive });
      assert.equal([stretched.value, stretched.variance], [value, variance]);
      assert.ok(Math.abs(auc({ scores: scores.map((x) => -x), positive }).value - (1 - value)) < 1e-12);
      if (Number.isFinite(low)) assert.ok(0 <= low && low <= value && value <= high && high <= 1);

      const { falsePositiveRate: x, truePositiveRate: y, thresholds } = rocCurve({ scores, positive });
      assert.equal([x[0], y[0], x.at(-1), y.at(-1)], [0, 0, 1, 1]);
      assert.is(thresholds.length, new Set(scores).size + 1);
      let area = 0;
      for (let k = 1; k < x.length; k++) {
        assert.ok(x[k] >= x[k - 1] && y[k] >= y[k - 1]);
        area += ((x[k] - x[k - 1]) * (y[k] + y[k - 1])) / 2;
      }
      assert.ok(Math.abs(area - value) < 1e-12);

      const pair = compareAucs({ first: scores, second: others, positive });
      const other = auc({ scores: others, positive });
      assert.ok(Math.abs(pair.value - (value - other.value)) < 1e-12);
      const sum = variance + other.variance - 2 * pair.covariance;
      assert.ok(Math.abs(pair.variance - sum) < 1e-12);
    }),
  );
});

test('midranks share the places of ties', () => {
  assert.equal([...midranks(Float64Array.of(3, 1, 3, 2, 3))], [4, 1, 4, 2, 4]);
});

test('what the cases do not define is NaN and says why', () => {
  const one = auc({ scores: [1, 2, 3], positive: [0, 0, 0] });
  assert.ok(Number.isNaN(one.value) && Number.isNaN(one.low));
  assert.is(one.note, 'all 3 cases are negative');
  const apart = auc({ scores: [1, 2, 3, 4], positive: [0, 0, 1, 1] });
  assert.is(apart.value, 1);
  assert.ok(Number.isNaN(apart.low) && Number.isNaN(apart.high));
  assert.match(apart.note!, 'perfect separation');
  const few = auc({ scores: [1, 2, 3], positive: [0, 1, 0] });
  assert.is(few.value, 0.5);
  assert.match(few.note!, 'one case only');
  assert.match(auc({ scores: [NaN, 2], positive: [0, 1] }).note!, '1 of 2 scores are NaN');
  assert.match(auc({ scores: [], positive: [] }).note!, 'no cases');
  assert.match(compareAucs({ first: [1, 2], second: [2, 1], positive: [0, 1] }).note!, 'two of each');
  assert.throws(() => auc({ scores: [1], positive: [0, 1] }), /1 scores of 2 cases/);
});

test.run();
