import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Cell } from '../../src/contracts/cell.ts';
import { withKeys } from '../../src/runner/plan-cells.ts';
import { plainProgress } from '../../src/runner/progress/plain-progress.ts';
import { duration, progressLine } from '../../src/runner/progress/progress.ts';
import { RunTally } from '../../src/runner/run-tally.ts';

const test = suite('runner: progress');

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
const view = (tally: RunTally) => ({ tally, planned: 5, workers: 2, running: new Map<string, string>() });

test('what is left is reckoned from cells of the same task, those alone not shared among workers', () => {
  const tally = new RunTally(planned);
  assert.is(progressLine(view(tally)), '0 of 5 cells done');
  tally.done(planned[0], 10);
  // Three fits of 10 s on two workers, and a timing that is taken for an average cell.
  assert.is(progressLine(view(tally)), '1 of 5 cells done, about 25 s left');
  tally.failed(planned[1], 'broke');
  assert.is(progressLine(view(tally)), '1 of 5 cells done, 1 failed, about 20 s left');
});

test('cells of an earlier run count as done and say nothing of how long the rest takes', () => {
  const tally = new RunTally(planned);
  tally.reused(planned[0], 500);
  assert.is(progressLine(view(tally)), '1 of 5 cells done');
  assert.is(tally.reusedCount, 1);
  for (const entry of planned.slice(1)) tally.done(entry, 1);
  assert.is(progressLine(view(tally)), '5 of 5 cells done');
});

test('durations as people say them', () => {
  assert.equal([0.2, 59.6, 61, 3599, 7320].map(duration), [
    '1 s',
    '1 min 0 s',
    '1 min 1 s',
    '59 min 59 s',
    '2 h 2 min',
  ]);
});

test('off a terminal a line comes now and then, not at every change', () => {
  const lines: string[] = [];
  const progress = plainProgress((text) => lines.push(text), 0);
  progress.update(view(new RunTally(planned)));
  assert.equal(lines, ['0 of 5 cells done\n']);
  const seldom = plainProgress((text) => lines.push(text), 60_000);
  for (let i = 0; i < 100; i++) seldom.update(view(new RunTally(planned)));
  assert.is(lines.length, 1);
});

test.run();
