import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fLowerTail, fQuantile, fUpperTail, twoSidedT } from '../../src/statistics/f-distribution.ts';

const test = suite('statistics: F distribution');

const relative = (found: number, expected: number) => Math.abs(found - expected) / expected;

test('both tails, as scipy.stats.f.cdf and f.sf of SciPy 1.17.1', () => {
  const known = [
    [1.794678, 5, 18, 0.8352310896450127, 0.16476891035498722],
    [11.027247956403256, 5, 15, 0.9998654334835155, 0.00013456651648433788],
    [0.0673, 7, 14, 0.0007226070584429661, 0.9992773929415572],
    [149.736758, 29, 29, 1, 9.444225104571731e-25],
    [1, 1, 1, 0.5, 0.5],
    [0.5, 2.5, 0.3, 0.18532676289472583, 0.8146732371052741],
    [3, 0.05, 7, 0.9452826647282442, 0.054717335271755776],
    [1.02, 999, 1001, 0.622877966204734, 0.377122033795266],
    [1.1, 20000, 30000, 0.9999999999999347, 6.525353818301002e-14],
    [1e-8, 1, 4, 7.499999984374998e-5, 0.9999250000001563],
    [1e6, 3, 5, 0.9999999999999927, 7.30549936369487e-15],
    [2.2, 119, 119.7, 0.9999891136859671, 1.0886314032919139e-5],
  ];
  for (const [f, df1, df2, lower, upper] of known) {
    assert.ok(relative(fLowerTail(f, df1, df2), lower) < 1e-12, `lower at ${f}, ${df1}, ${df2}`);
    assert.ok(relative(fUpperTail(f, df1, df2), upper) < 1e-12, `upper at ${f}, ${df1}, ${df2}`);
  }
});

test('quantiles, as scipy.stats.f.ppf of SciPy 1.17.1', () => {
  const known = [
    [0.975, 5, 18, 3.381967805875243],
    [0.975, 18, 5, 6.361883204654352],
    [0.975, 5, 15, 3.5764153492790607],
    [0.975, 1, 1, 647.7890114778442],
    [0.95, 1, 0.5, 27079.227901310966],
    [0.025, 7, 3.3217, 0.17387139899218074],
    [0.995, 119, 119, 1.6087401434977715],
    [0.9995, 2, 2, 1999.0000000002203],
    [0.5, 10, 20, 0.9662638885929162],
    [0.975, 999, 1001.5, 1.1320265278364443],
    [0.975, 0.1, 9, 13.562298618463343],
    [1e-6, 4, 6, 0.0006127894286666951],
    [0.999999, 4, 6, 236.2339703763451],
    [0.1, 3, 1e5, 0.1947910532549386],
    [0.975, 1, 29, 5.587768257822344],
  ];
  for (const [p, df1, df2, f] of known) {
    assert.ok(relative(fQuantile(p, df1, df2), f) < 1e-12, `${p}, ${df1}, ${df2}: ${fQuantile(p, df1, df2)}`);
  }
});

test("Student's t, as scipy.stats.t.ppf of SciPy 1.17.1", () => {
  assert.ok(relative(twoSidedT(0.95, 16), 2.1199052992212546) < 1e-13);
  assert.ok(relative(twoSidedT(0.95, 1), 12.706204736174694) < 1e-13);
  assert.ok(relative(twoSidedT(0.99, 9), 3.249835541592126) < 1e-13);
});

test('quantile and tail undo each other, and F turned round is 1 / F', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true }),
      fc.double({ min: 0.2, max: 3000, noNaN: true }),
      fc.double({ min: 0.2, max: 3000, noNaN: true }),
      (p, df1, df2) => {
        const f = fQuantile(p, df1, df2);
        const tail =
          p <= 0.5 ? relative(fLowerTail(f, df1, df2), p) : relative(fUpperTail(f, df1, df2), 1 - p);
        assert.ok(tail < 1e-10, `p ${p}, df ${df1}, ${df2}: ${tail}`);
        assert.ok(Math.abs(fUpperTail(1 / f, df2, df1) - p) < 1e-10);
      },
    ),
    { seed: 5, numRuns: 400 },
  );
});

test('ends of the range', () => {
  assert.equal([fQuantile(0, 3, 4), fQuantile(1, 3, 4)], [0, Infinity]);
  assert.equal([fLowerTail(0, 3, 4), fUpperTail(0, 3, 4)], [0, 1]);
  assert.equal([fLowerTail(Infinity, 3, 4), fUpperTail(Infinity, 3, 4)], [1, 0]);
  // Of hardly any degrees of freedom: beyond the largest double, and below the smallest.
  assert.is(fQuantile(0.975, 5, 1e-3), Infinity);
  assert.is(fQuantile(0.025, 1e-3, 5), 0);
  // Of infinitely many: chi-squared / df, 12.832501994 for 5 in every table.
  assert.ok(relative(fQuantile(0.975, 5, 1e300), 12.832501994030027 / 5) < 1e-12);
  for (const [p, df1, df2] of [
    [NaN, 3, 4],
    [1.1, 3, 4],
    [-0.1, 3, 4],
    [0.5, NaN, 4],
    [0.5, 3, NaN],
    [0.5, 0, 4],
    [0.5, 3, -1],
  ]) {
    assert.ok(Number.isNaN(fQuantile(p, df1, df2)), `${p}, ${df1}, ${df2}`);
  }
  assert.ok(Number.isNaN(fUpperTail(NaN, 3, 4)) && Number.isNaN(fLowerTail(NaN, 3, 4)));
});

test.run();
