import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import fc from 'fast-check';
import type { Cell } from '../../src/contracts/cell.ts';
import { canonicalJson } from '../../src/runner/canonical-json.ts';
import { cellKey } from '../../src/runner/cell-key.ts';
import type { CodeVersions } from '../../src/runner/code-version.ts';
import { withKeys } from '../../src/runner/plan-cells.ts';
import { scratchFolder } from './tiny-study.ts';

const test = suite('runner: keys of cells');

const scratch = scratchFolder();
const moduleOf = (name: string, code: string): string => {
  writeFileSync(join(scratch, name), code);
  return pathToFileURL(join(scratch, name)).href;
};
const module = moduleOf('task.ts', 'export const fit = 1;');
const cell = (id: string, input: unknown, needs: Record<string, string> = {}, timing?: boolean): Cell => ({
  id,
  task: { module, name: 'fit' },
  input,
  needs,
  ...(timing ? { timing } : {}),
});
const keyOf = async (cells: readonly Cell[], id: string) =>
  (await withKeys(cells)).find((planned) => planned.cell.id === id)!.key;

test('the order of keys makes no difference, that of a list does', async () => {
  const one = await keyOf([cell('a', { x: 1, y: { p: [1, 2], q: null } })], 'a');
  assert.is(await keyOf([cell('a', { y: { q: null, p: [1, 2] }, x: 1 })], 'a'), one);
  assert.is.not(await keyOf([cell('a', { x: 1, y: { p: [2, 1], q: null } })], 'a'), one);
});

test('a key is what it was: stored results stay found', async () => {
  assert.is(
    canonicalJson({ b: [1e-8, 'é"', true], a: null, gone: undefined }),
    '{"a":null,"b":[1e-8,"é\\"",true]}',
  );
  const versions = { of: async () => ({ hash: 'c0de', parts: {} }) };
  const { key } = await cellKey(
    cell('a', { x: 1, of: [{ module }] }),
    { preparation: 'abc' },
    versions as unknown as CodeVersions,
  );
  // As sha256sum gives it, first 32 digits, of
  // {"code":["c0de","c0de"],"format":2,"input":{"of":[{"module":"c0de"}],"x":1},"needs":{"preparation":"abc"},"task":"fit"}
  assert.is(key, 'e779864ea57f1cb8394d5c4e59fc6780');
});

test('canonical JSON is JSON, whatever the data', () => {
  fc.assert(
    fc.property(fc.jsonValue({ depthSize: 'small' }), (value) => {
      assert.equal(JSON.parse(canonicalJson(value)), JSON.parse(JSON.stringify(value)));
    }),
    { seed: 1, numRuns: 300 },
  );
});

test('what JSON would flatten into null is refused, in an input too', async () => {
  for (const value of [NaN, Infinity, { x: [-Infinity] }, new Float64Array(2), new Map(), () => 1, 1n]) {
    assert.throws(() => canonicalJson(value), /can.t be part of a key/);
    let message = '';
    await withKeys([cell('a', { deep: [value] })]).catch((error: Error) => (message = error.message));
    assert.match(message, /can.t be part of its key/);
  }
});

test('of cells without a key, or with the key of another, a message says which', async () => {
  const says = async (cells: Parameters<typeof withKeys>[0], message: string) => {
    let said = '';
    await withKeys(cells).catch((error: Error) => (said = error.message));
    assert.is(said, message);
  };
  const allowed = "which can't be part of its key; allowed: plain data";
  await says(
    [cell('a', { of: [1, { draw: () => 1 }] })],
    `cell a: input.of[1].draw is a function, ${allowed}`,
  );
  await says([cell('a', 1), cell('b', { x: NaN })], `cell b: input.x is the number NaN, ${allowed}`);
  await says([cell('a', [new Date(0)])], `cell a: input[0] is a Date, ${allowed}`);
  await says([cell('a', 1), cell('b', 1), cell('b', 2)], 'two cells have the id "b"; allowed: each id once');
});

test('a key covers what the cell is made from, not its name nor its places', async () => {
  const chain = (input: unknown, name = 'preparation') => [cell('p', input), cell('f', 1, { [name]: 'p' })];
  const one = await keyOf(chain(1), 'f');
  assert.is.not(await keyOf(chain(2), 'f'), one);
  assert.is.not(await keyOf(chain(1, 'other'), 'f'), one);
  assert.is(await keyOf(chain(1).toReversed(), 'f'), one);
  assert.is(await keyOf([cell('one', 1)], 'one'), await keyOf([cell('another', 1)], 'another'));
  assert.is(await keyOf([{ ...cell('a', 1), places: '/here' }], 'a'), await keyOf([cell('a', 1)], 'a'));
});

test('a key covers the task, its code and the code of every module that the input names, wherever they lie', async () => {
  const plain = cell('a', 1);
  const key = (changed: Partial<Cell> = {}) => keyOf([{ ...plain, ...changed }], 'a');
  const task = (code: string, file = 'other.ts', name = 'fit') =>
    key({ task: { module: moduleOf(file, code), name } });
  assert.is(await task('export const fit = 1;'), await key());
  assert.is(await task('/** Fits. */\nexport const   fit = 1;', 'again.ts'), await key());
  assert.is.not(await task('export const fit = 2;'), await key());
  assert.is.not(await task('export const fit = 1;', 'other.ts', 'time'), await key());

  const input = (code: string, file: string) => key({ input: { of: [{ module: moduleOf(file, code) }] } });
  const named = await input('export default 1;', 'one.ts');
  assert.is(await input('export default 1;', 'two.ts'), named);
  assert.is.not(await input('export default 2;', 'two.ts'), named);
  const deep = await input("import './two.ts';", 'three.ts');
  moduleOf('two.ts', 'export default 3;');
  assert.is.not(await input("import './two.ts';", 'three.ts'), deep);
});

test('cells are listed after those they need', async () => {
  const planned = await withKeys([cell('c', 3, { it: 'b' }), cell('b', 2, { it: 'a' }), cell('a', 1)]);
  assert.equal(
    planned.map(({ cell: { id } }) => id),
    ['a', 'b', 'c'],
  );
});

test('plans that do not fit together are refused', async () => {
  const refused = async (cells: readonly Cell[], message: RegExp) => {
    let found = 'accepted';
    await withKeys(cells).catch((error: Error) => (found = error.message));
    assert.match(found, message);
  };
  await refused([cell('a', 1), cell('a', 2)], /two cells have the id/);
  await refused([cell('a', 1, { it: 'b' })], /needs b, which is not planned/);
  await refused([cell('a', 1, { it: 'b' }), cell('b', 1, { it: 'a' })], /need each other/);
  await refused([cell('t', 1, {}, true), cell('f', 1, { it: 't' })], /is a timing and runs after all others/);
});

test.run();
