import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { chiSquareUpperTail, meanLogChiSquared } from '../../src/statistics/chi-square.ts';

const test = suite('statistics: chi-square');

test('upper tails as scipy.stats.chi2.sf(x, df)', () => {
  const known: [number, number, number][] = [
    [3.841458820694124, 1, 0.05],
    [5.991464547107979, 2, 0.05],
    [22.457744484825323, 6, 1e-3],
    [20.515005652432873, 5, 1e-3],
    [0.1, 3, 0.9918374237318764],
    [300, 17, 1.125735645108784e-53],
    [1000, 1000, 0.49405285382923964],
  ];
  for (const [x, df, p] of known) {
    const found = chiSquareUpperTail(x, df);
    assert.ok(Math.abs(found / p - 1) < 1e-9, `${x}, ${df}: ${found}, not ${p}`);
  }
});

test('1 at 0 and below, 0 at infinity, NaN without degrees of freedom', () => {
  assert.is(chiSquareUpperTail(0, 3), 1);
  assert.is(chiSquareUpperTail(-1, 4), 1);
  assert.is(chiSquareUpperTail(Infinity, 4), 0);
  assert.ok(Number.isNaN(chiSquareUpperTail(1, 0)) && Number.isNaN(chiSquareUpperTail(NaN, 3)));
});

test('the mean of the logarithm is digamma(d / 2) + log 2', () => {
  // By the sums of Abramowitz and Stegun 1964, 6.3.2 and 6.3.4.
  const known = [
    [1, -1.2703628454614782],
    [2, 0.11593151565841242],
    [4, 1.1159315156584124],
    [7, 1.7963038212051885],
  ] as const;
  for (const [d, mean] of known)
    assert.ok(Math.abs(meanLogChiSquared(d) - mean) < 1e-12, `${d}: ${meanLogChiSquared(d)}`);
});

test.run();
