import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import fc from 'fast-check';
import type { Cell } from '../../src/contracts/cell.ts';
import { CodeVersions } from '../../src/runner/code-version.ts';
import { withKeys } from '../../src/runner/plan-cells.ts';
import { scheduleCells } from '../../src/runner/schedule.ts';

const test = suite('runner: schedule');

const cell = (id: string, needs: string[] = [], timing = false, threads?: number): Cell => ({
  id,
  task: { module: import.meta.url, name: 'fit' },
  input: id,
  needs: Object.fromEntries(needs.map((need) => [`result of ${need}`, need])),
  timing,
  ...(threads === undefined ? {} : { threads }),
});
/** One for all plans: the code of this file does not change. */
const versions = new CodeVersions();

interface Event {
  readonly id: string;
  readonly beside: readonly string[];
  readonly before: readonly string[];
}

async function trace(
  cells: readonly Cell[],
  workers: number,
  failing: readonly string[] = [],
  stopAfter = Infinity,
) {
  const events: Event[] = [];
  const ended: string[] = [];
  const running = new Set<string>();
  const blocked: Record<string, string> = {};
  await scheduleCells(await withKeys(cells, versions), {
    workers,
    stopped: () => events.length >= stopAfter,
    async perform({ cell: { id } }) {
      events.push({ id, beside: [...running], before: [...ended] });
      running.add(id);
      for (let k = 0; k < (id.length * 7) % 5; k++) await Promise.resolve();
      running.delete(id);
      ended.push(id);
      return failing.includes(id) ? `${id} broke` : null;
    },
    onBlocked: ({ cell: { id } }, message) => void (blocked[id] = message),
  });
  return { events, blocked };
}

/** Cells that need some of those before them, some on several threads; the last ones timings. */
const plans = fc
  .array(fc.tuple(fc.array(fc.nat(20), { maxLength: 3 }), fc.nat(6)), { minLength: 1, maxLength: 20 })
  .map((parts) => {
    const shared = parts.filter(([, kind]) => kind > 0);
    const plain = shared.map(([needs, kind], i) =>
      cell(
        'c'.repeat(1 + (i % 4)) + i,
        [...new Set(needs.filter((k) => k < i).map((k) => 'c'.repeat(1 + (k % 4)) + k))],
        false,
        kind > 3 ? kind - 2 : undefined,
      ),
    );
    const timings = parts
      .filter(([, kind]) => kind === 0)
      .map(([needs], i) =>
        cell(`t${i}`, [...new Set(needs.filter((k) => k < plain.length).map((k) => plain[k].id))], true),
      );
    return [...timings, ...plain];
  });

test('each cell once, after what it needs, no more at once than workers, timing with nothing beside it', async () => {
  await fc.assert(
    fc.asyncProperty(plans, fc.integer({ min: 1, max: 4 }), async (cells, workers) => {
      const { events, blocked } = await trace(cells, workers);
      assert.equal(events.map(({ id }) => id).sort(), cells.map(({ id }) => id).sort());
      assert.equal(blocked, {});
      for (const { id, beside, before } of events) {
        const find = (wanted: string) => cells.find((candidate) => candidate.id === wanted)!;
        const { needs, timing, threads = 1 } = find(id);
        assert.ok(Object.values(needs).every((need) => before.includes(need)));
        const busy = beside.reduce((sum, other) => sum + (find(other).threads ?? 1), threads);
        assert.ok(busy <= workers || beside.length === 0, `${busy} threads on ${workers} workers`);
        if (timing) {
          assert.is(beside.length, 0);
          assert.ok(cells.every((other) => other.timing || before.includes(other.id)));
        }
      }
    }),
    { seed: 3, numRuns: 200 },
  );
});

test('what needs a failed cell is marked with the first cause; everything else is done', async () => {
  const cells = [
    cell('c', ['b']),
    cell('b', ['a']),
    cell('a'),
    cell('x'),
    cell('y', ['x']),
    cell('t', ['c'], true),
  ];
  const { events, blocked } = await trace(cells, 2, ['a']);
  assert.equal(events.map(({ id }) => id).sort(), ['a', 'x', 'y']);
  const message = 'needs a, which failed: a broke';
  assert.equal(blocked, { b: message, c: message, t: message });
});

test('a cell whose own message begins like a cause is still named', async () => {
  const { blocked } = await trace([cell('needs training'), cell('b', ['needs training'])], 1, [
    'needs training',
  ]);
  assert.equal(blocked, { b: 'needs needs training, which failed: needs training broke' });
});

test('the cell that most others wait for goes first', async () => {
  const cells = [cell('lone'), cell('trunk'), cell('twig1', ['trunk']), cell('twig2', ['trunk'])];
  const { events } = await trace(cells, 1);
  assert.equal(events.map(({ id }) => id)[0], 'trunk');
});

test('threads are counted, and a cell that wants more than there are workers runs by itself', async () => {
  const cells = [cell('aa', [], false, 2), cell('bb', [], false, 2), cell('cc'), cell('dd', [], false, 8)];
  const { events } = await trace(cells, 4);
  const beside = Object.fromEntries(events.map(({ id, beside }) => [id, beside]));
  assert.equal(beside.bb, ['aa']);
  assert.not.ok(beside.cc.includes('aa') && beside.cc.includes('bb'));
  assert.equal(beside.dd, []);
  assert.not.ok(events.some((event) => event.beside.includes('dd')));
  assert.is(events.length, 4);
});

test('once stopped, nothing more is begun', async () => {
  const { events } = await trace([cell('a'), cell('b'), cell('c'), cell('t', [], true)], 1, [], 2);
  assert.is(events.length, 2);
});

test.run();
