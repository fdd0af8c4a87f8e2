import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Mt19937 } from '../../src/random/mt19937.ts';
import { pairsAbove, rankSumUpperTail } from '../../src/gate/statistics/rank-sum.ts';

const test = suite('rank-sum test');

test('the table of Mann and Whitney (1947) for four against four', () => {
  // By symmetry its lower tail, P(U <= u), is the upper one from 16 - u on.
  const table = [0.014, 0.029, 0.057, 0.1, 0.171, 0.243, 0.343, 0.443, 0.557];
  table.forEach((p, u) => assert.is(Number(rankSumUpperTail(16 - u, 4, 4).toFixed(3)), p));
});

test('the ends: certain for no pair, one arrangement in C(n + m, n) for all, nothing beyond', () => {
  assert.is(rankSumUpperTail(0, 5, 40), 1);
  near(rankSumUpperTail(200, 5, 40), 1 / 1_221_759);
  assert.is(rankSumUpperTail(201, 5, 40), 0);
});

test('every arrangement of small samples, counted', () => {
  for (const [newer, earlier] of [
    [1, 4],
    [2, 5],
    [3, 4],
    [5, 3],
  ] as const) {
    const n = newer + earlier;
    const counts = new Array<number>(newer * earlier + 1).fill(0);
    let all = 0;
    for (let chosen = 0; chosen < 2 ** n; chosen++) {
      const ranks = Array.from({ length: n }, (_, i) => i);
      const mine = ranks.filter((i) => (chosen >> i) & 1);
      if (mine.length !== newer) continue;
      all++;
      counts[
        pairsAbove(
          mine,
          ranks.filter((i) => !((chosen >> i) & 1)),
        )
      ]++;
    }
    for (let u = 0; u < counts.length; u++) {
      const upper = counts.slice(u).reduce((sum, count) => sum + count, 0);
      near(rankSumUpperTail(u, newer, earlier), upper / all);
    }
  }
});

test('large samples: the normal distribution of Mann and Whitney, mean nm/2 and variance nm(n+m+1)/12', () => {
  // 1.96 standard deviations above the mean.
  const [n, m] = [40, 100];
  const u = (n * m) / 2 + 1.959964 * Math.sqrt((n * m * (n + m + 1)) / 12);
  assert.ok(Math.abs(rankSumUpperTail(u, n, m) - 0.025) < 5e-4);
});

test('equal values speak for nobody', () => {
  assert.is(pairsAbove([1, 2], [1, 2]), 1);
  assert.is(pairsAbove([0, 0], [0, 0]), 0);
});

test('without a change p values are as small as they say no more often than that', () => {
  const random = new Mt19937(1);
  const runs = 4000;
  const p = Array.from({ length: runs }, () => {
    const draw = (n: number) => Array.from({ length: n }, () => random.uniform() ** 5);
    return rankSumUpperTail(pairsAbove(draw(5), draw(20)), 5, 20);
  });
  for (const level of [0.2, 0.05, 0.01]) {
    const share = p.filter((value) => value <= level).length / runs;
    assert.ok(share < level + 4 * Math.sqrt(level / runs), `${share} at ${level}`);
  }
});

function near(found: number, wanted: number): void {
  assert.ok(Math.abs(found - wanted) <= 1e-12 * wanted, `${found} for ${wanted}`);
}

test.run();
