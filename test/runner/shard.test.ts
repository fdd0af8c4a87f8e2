import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import fc from 'fast-check';
import type { Cell } from '../../src/contracts/cell.ts';
import { CodeVersions } from '../../src/runner/code-version.ts';
import { withKeys } from '../../src/runner/plan-cells.ts';
import { cellsOfShard, dealt } from '../../src/runner/shard.ts';

const test = suite('runner: shards');

const cell = (id: string, needs: string[] = []): Cell => ({
  id,
  task: { module: import.meta.url, name: 'fit' },
  input: id,
  needs: Object.fromEntries(needs.map((need) => [`result of ${need}`, need])),
});
/** One for all plans: the code of this file does not change. */
const versions = new CodeVersions();
/** Cells that need some of those before them. */
const plans = fc
  .array(fc.array(fc.nat(40), { maxLength: 3 }), { minLength: 1, maxLength: 40 })
  .map((needs) =>
    needs.map((of, i) => cell(`c${i}`, [...new Set(of.filter((k) => k < i).map((k) => `c${k}`))])),
  );

test('shards are disjoint, together everything, and as large as one another', async () => {
  await fc.assert(
    fc.asyncProperty(plans, fc.integer({ min: 1, max: 9 }), async (cells, of) => {
      const planned = await withKeys(cells, versions);
      const shards = Array.from({ length: of }, (_, i) => dealt(planned, { index: i + 1, of }));
      const ids = (cells: typeof planned) => cells.map((entry) => entry.cell.id).sort();
      assert.equal(ids(shards.flat()), ids(planned));
      const sizes = shards.map(({ length }) => length);
      assert.ok(Math.max(...sizes) - Math.min(...sizes) <= 1);
    }),
    { seed: 4, numRuns: 200 },
  );
});

test('a shard has all that its cells need, and nothing that nobody asked for', async () => {
  await fc.assert(
    fc.asyncProperty(plans, fc.integer({ min: 1, max: 9 }), async (cells, of) => {
      const planned = await withKeys(cells, versions);
      for (let index = 1; index <= of; index++) {
        const own = new Set(dealt(planned, { index, of }));
        const all = cellsOfShard(planned, { index, of });
        const ids = new Set(all.map((entry) => entry.cell.id));
        const asked = new Set(all.flatMap((entry) => Object.values(entry.cell.needs)));
        assert.ok([...asked].every((id) => ids.has(id)));
        assert.ok(all.every((entry) => own.has(entry) || asked.has(entry.cell.id)));
        assert.ok([...own].every((entry) => all.includes(entry)));
      }
    }),
    { seed: 4, numRuns: 100 },
  );
});

test('another order of fitters deals alike', async () => {
  const cells = ['a', 'b', 'c', 'd', 'e'].map((id) => cell(id));
  const of = async (from: Cell[]) =>
    dealt(await withKeys(from, versions), { index: 1, of: 2 }).map((entry) => entry.cell.id);
  assert.equal(await of(cells.toReversed()), await of(cells));
});

test.run();
