import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Cell } from '../../src/contracts/cell.ts';
import { withKeys } from '../../src/runner/plan-cells.ts';
import { RunTally } from '../../src/runner/run-tally.ts';
import { statusLines } from '../../src/runner/status-lines.ts';

const test = suite('runner: state of a run');

const cell = (id: string, task: string): Cell => ({
  id,
  task: { module: import.meta.url, name: task },
  input: id,
  needs: {},
  timing: task === 'time',
});
const planned = await withKeys([
  cell('a', 'fit'),
  cell('b', 'fit'),
  cell('c', 'fit'),
  cell('d', 'fit'),
  cell('t', 'time'),
]);
const took = (seconds: number) => ({ seconds, facts: {}, fitter: 'ls' });
const state = (tally: RunTally, running = new Map<string, string>()) => ({
  ...{ title: 'Tiny', tally, planned: 5, workers: 2, running },
});

test('what is left is reckoned from cells of the same task, those alone not shared among workers', () => {
  const tally = new RunTally(planned);
  assert.equal(statusLines(state(tally)), ['0 of 5 cells done (Tiny)']);
  tally.done(planned[0], took(10));
  // Three fits of 10 s on two workers, and a timing that is taken for an average cell.
  assert.equal(statusLines(state(tally)), ['1 of 5 cells done, about 25 s left (Tiny)']);
  tally.failed(planned[1], 'broke');
  assert.equal(statusLines(state(tally)), ['1 of 5 cells done, 1 failed, about 20 s left (Tiny)']);
});

test('cells of an earlier run count as done and say nothing of how long the rest takes', () => {
  const tally = new RunTally(planned);
  tally.reused(planned[0], took(500));
  assert.equal(statusLines(state(tally)), ['1 of 5 cells done (Tiny)']);
  assert.is(tally.reusedCount, 1);
  for (const entry of planned.slice(1)) tally.done(entry, took(1));
  assert.equal(statusLines(state(tally)), ['5 of 5 cells done (Tiny)']);
});

test('each cell at work has a line', () => {
  const running = new Map([
    ['fit ls snr=20', ''],
    ['prepare dnn', '45 %, epoch 9'],
  ]);
  assert.equal(statusLines(state(new RunTally(planned), running)).slice(1), [
    '  fit ls snr=20',
    '  prepare dnn: 45 %, epoch 9',
  ]);
});

test.run();
