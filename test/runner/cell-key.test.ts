import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import fc from 'fast-check';
import type { Cell } from '../../src/contracts/experiment.ts';
import { canonicalJson } from '../../src/runner/canonical-json.ts';
import { withKeys } from '../../src/runner/plan-cells.ts';

const test = suite('runner: keys of cells');

const cell = (id: string, decides: unknown, needs: string[] = [], alone?: boolean): Cell => ({
  id,
  task: 'fit',
  input: null,
  decides,
  needs,
  ...(alone ? { alone } : {}),
});
const keyOf = (cells: readonly Cell[], id: string) =>
  withKeys(cells).find((planned) => planned.cell.id === id)!.key;

test('the order of keys makes no difference, that of a list does', () => {
  const one = keyOf([cell('a', { x: 1, y: { p: [1, 2], q: null } })], 'a');
  assert.is(keyOf([cell('a', { y: { q: null, p: [1, 2] }, x: 1 })], 'a'), one);
  assert.is.not(keyOf([cell('a', { x: 1, y: { p: [2, 1], q: null } })], 'a'), one);
});

test('a key is what it was: stored results stay found', () => {
  assert.is(
    canonicalJson({ b: [1e-8, 'é"', true], a: null, gone: undefined }),
    '{"a":null,"b":[1e-8,"é\\"",true]}',
  );
  // SHA-256 of {"decides":{"x":1},"format":1,"needs":[],"task":"fit"}, as sha256sum gives it, first 32 digits.
  assert.is(keyOf([cell('a', { x: 1 })], 'a'), '73b70a824aa1c59beacdd4fcf7c37b4d');
});

test('canonical JSON is JSON, whatever the data', () => {
  fc.assert(
    fc.property(fc.jsonValue({ depthSize: 'small' }), (value) => {
      assert.equal(JSON.parse(canonicalJson(value)), JSON.parse(JSON.stringify(value)));
    }),
    { seed: 1, numRuns: 300 },
  );
});

test('what JSON would flatten into null is refused', () => {
  for (const value of [NaN, Infinity, { x: [-Infinity] }, new Float64Array(2), new Map(), () => 1, 1n]) {
    assert.throws(() => canonicalJson(value), /no place in a key/);
  }
});

test('a key covers what the cell is made from, not its name', () => {
  const chain = (decides: unknown) => [cell('p', decides), cell('f', 1, ['p'])];
  assert.is.not(keyOf(chain(1), 'f'), keyOf(chain(2), 'f'));
  assert.is(keyOf([cell('f', 1, ['p']), cell('p', 1)], 'f'), keyOf(chain(1), 'f'));
  assert.is(keyOf([cell('one', 1)], 'one'), keyOf([cell('another', 1)], 'another'));
});

test('cells are listed after those they need', () => {
  const planned = withKeys([cell('c', 3, ['b']), cell('b', 2, ['a']), cell('a', 1)]);
  assert.equal(
    planned.map(({ cell: { id } }) => id),
    ['a', 'b', 'c'],
  );
});

test('plans that do not fit together are refused', () => {
  assert.throws(() => withKeys([cell('a', 1), cell('a', 2)]), /same id/);
  assert.throws(() => withKeys([cell('a', 1, ['b'])]), /needs b, which is not planned/);
  assert.throws(() => withKeys([cell('a', 1, ['b']), cell('b', 1, ['a'])]), /need each other/);
  assert.throws(() => withKeys([cell('t', 1, [], true), cell('f', 1, ['t'])]), /runs alone after all others/);
});

test.run();
