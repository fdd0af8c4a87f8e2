import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ShuffledBatches } from '../../src/nets/shuffled-batches.ts';

const test = suite('shuffled batches');

/** Row i holds i and -i, so that a torn row shows. */
const rowsOf = (n: number) => ({
  n,
  inputs: 2,
  values: Float32Array.from({ length: 2 * n }, (_, i) => (i % 2 ? -1 : 1) * Math.floor(i / 2)),
});

function epoch(batches: ShuffledBatches): number[] {
  batches.shuffle();
  return Array.from({ length: batches.count }, (_, i) => [...batches.take(i)]).flat();
}

test('an epoch deals out whole rows, each at most once, and drops what fills no batch', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 1, max: 40 }),
      fc.nat(),
      (n, batch, seed) => {
        const batches = new ShuffledBatches(rowsOf(n), batch, seed);
        const dealt = epoch(batches);
        const rows = dealt.filter((_, i) => i % 2 === 0);
        assert.is(batches.count, Math.floor(n / batch));
        assert.is(rows.length, batches.count * batch);
        assert.is(new Set(rows).size, rows.length);
        assert.ok(rows.every((row, i) => row >= 0 && row < n && dealt[2 * i + 1] === -row));
      },
    ),
    { seed: 1, numRuns: 50 },
  );
});

test('the order is new every epoch and decided by the seed', () => {
  const [one, same, other] = [3, 3, 4].map((seed) => new ShuffledBatches(rowsOf(100), 10, seed));
  const first = epoch(one);
  assert.equal(epoch(same), first);
  assert.not.equal(epoch(other), first);
  assert.not.equal(epoch(one), first);
});

test('every row is as likely to be left out', () => {
  const batches = new ShuffledBatches(rowsOf(4), 3, 5);
  const left = [0, 0, 0, 0];
  for (let i = 0; i < 4000; i++) {
    const rows = epoch(batches).filter((_, k) => k % 2 === 0);
    left[[0, 1, 2, 3].find((row) => !rows.includes(row))!]++;
  }
  // Four standard deviations of a binomial count of 4000 draws at 1/4.
  assert.ok(
    left.every((count) => Math.abs(count - 1000) < 4 * Math.sqrt(750)),
    left.join(' '),
  );
});

test.run();
