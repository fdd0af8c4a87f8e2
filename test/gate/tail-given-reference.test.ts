import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { pairsAbove, rankSumUpperTail } from '../../src/gate/statistics/rank-sum.ts';
import {
  CONFIDENCE,
  criticalPairs,
  tailGivenReference,
} from '../../src/gate/statistics/tail-given-reference.ts';
import { Mt19937 } from '../../src/random/mt19937.ts';

const test = suite('tail given the reference');

test('all new values above all earlier ones: the largest of n uniform values is below 1 - x with probability (1 - x)^n', () => {
  for (const [newer, earlier] of [
    [1, 20],
    [1, 40],
    [5, 20],
    [10, 40],
  ]) {
    const above = 1 - (1 - CONFIDENCE) ** (1 / earlier);
    const p = tailGivenReference(newer * earlier, newer, earlier);
    // The quantile is of 2,000 draws: 20 of them lie beyond, so its own error is some ten per cent of `above`.
    assert.ok(Math.abs(p ** (1 / newer) / above - 1) < 0.15, `${newer}, ${earlier}: ${p}`);
  }
});

test('certain for no pair, impossible beyond all, falling between', () => {
  assert.is(tailGivenReference(0, 5, 20), 1);
  assert.is(tailGivenReference(101, 5, 20), 0);
  for (let u = 1; u <= 100; u++) {
    assert.ok(tailGivenReference(u, 5, 20) <= tailGivenReference(u - 1, 5, 20));
  }
});

test('the critical number of pairs is the smallest that is significant', () => {
  for (const level of [0.05, 1e-3, 1e-4]) {
    for (const [newer, earlier] of [
      [5, 40],
      [10, 40],
    ]) {
      const u = criticalPairs(level, newer, earlier);
      assert.ok(tailGivenReference(u, newer, earlier) <= level);
      assert.ok(tailGivenReference(u - 1, newer, earlier) > level);
    }
  }
  assert.is(criticalPairs(1e-3, 1, 20), Infinity, 'one seed against twenty is never that sure');
  assert.is(criticalPairs(1e-4, 5, 20), Infinity, 'nor are five, at this level');
});

test('stricter than the rank-sum test, and the closer to it the more values are stored', () => {
  const extra = (earlier: number) => {
    const level = 1e-3;
    let u = 10 * earlier;
    while (rankSumUpperTail(u - 1, 10, earlier) <= level) u--;
    return (criticalPairs(level, 10, earlier) - u) / (10 * earlier);
  };
  const [few, more, many] = [20, 40, 80].map(extra);
  assert.ok(few > more && more > many && many > 0, `${few}, ${more}, ${many}`);
});

test('the share of references that give more false alarms than the level is what is left of the confidence', () => {
  const [newer, earlier, level] = [10, 40, 0.02];
  const least = criticalPairs(level, newer, earlier);
  const random = new Mt19937(8);
  const uniform = (n: number) => Array.from({ length: n }, () => random.uniform());
  const references = 200;
  let beyond = 0;
  for (let r = 0; r < references; r++) {
    const stored = uniform(earlier);
    let alarms = 0;
    for (let run = 0; run < 1500; run++) if (pairsAbove(uniform(newer), stored) >= least) alarms++;
    if (alarms / 1500 > level) beyond++;
  }
  // 4 of 200 are expected, and some more since rates are counted in few runs; a binomial variable exceeds 13 once in ten thousand times.
  assert.ok(beyond <= 13, `${beyond} of ${references}`);
});

test.run();
