import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readKernel } from '../../src/files/read-kernel.ts';
import { COLUMNS, columnSums } from '../../src/metrics/weighted/column-sums.ts';
import { simdSums } from '../../src/metrics/weighted/simd-sums.ts';

const test = suite('metrics: column sums');

const tables = fc.array(
  fc.tuple(
    fc.integer({ min: 0, max: 255 }),
    fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 4, maxLength: 4 }),
  ),
  { minLength: 1, maxLength: 40 },
);

/** Sums of whole numbers, which no order of adding changes. */
function inTurn(weights: Uint8Array, table: Float64Array): number[] {
  return Array.from({ length: COLUMNS }, (_, column) =>
    weights.reduce((sum, weight, row) => sum + weight * table[row * COLUMNS + column], 0),
  );
}

const built = readKernel('metrics');

test('the kernel is built', () => {
  assert.ok(built);
});

for (const [name, bytes] of [
  ['the SIMD kernel', built],
  ['JavaScript', undefined],
] as const) {
  test(`${name} sums every column under any weights of any number of rows`, () => {
    const kernel = simdSums(bytes);
    fc.assert(
      fc.property(tables, (rows) => {
        const weights = Uint8Array.from(rows, ([weight]) => weight);
        const table = Float64Array.from(rows.flatMap(([, numbers]) => numbers));
        const sums = columnSums(table, kernel);
        assert.equal([...sums(weights)], inTurn(weights, table));
        assert.equal([...sums(null)], inTurn(new Uint8Array(rows.length).fill(1), table));
      }),
    );
  });
}

test('tables used by turns, more of them than are kept, keep their own sums', () => {
  const kernel = simdSums(readKernel('metrics'))!;
  const n = 7;
  const weights = Uint8Array.from({ length: n }, (_, i) => i);
  const all = [1, 2, 3].map((factor) => Float64Array.from({ length: n * COLUMNS }, (_, i) => factor * i));
  const statistics = all.map((table) => columnSums(table, kernel));
  for (const k of [0, 1, 2, 0, 2, 1, 1, 0]) {
    assert.equal([...statistics[k](weights)], inTurn(weights, all[k]));
  }
});

test.run();
