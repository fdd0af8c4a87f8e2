import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { CellJob } from '../../src/runner/work-cell.ts';
import { WorkerPool } from '../../src/runner/worker-pool.ts';
import { madeUp, scratchFolder } from './tiny-study.ts';

const test = suite('runner: pool of workers');

const job = (): CellJob => ({
  cell: {
    id: 'a',
    task: { module: pathToFileURL(madeUp('halfway')).href, name: 'none such' },
    input: null,
    needs: {},
  },
  key: 'k',
  needs: {},
  store: scratchFolder(),
  writer: { machine: '', versions: {}, store: '' },
  concurrentCells: 0,
});

test('a pool that has been stopped starts no thread again', async () => {
  const pool = new WorkerPool(1, () => undefined);
  const before = await pool.run(job());
  assert.match(before.ok ? '' : before.message, /exports no task called none such/);
  await pool.stop();
  const after = await pool.run(job());
  // Stopped again in any case, lest threads keep this process alive.
  await pool.stop();
  assert.match(after.ok ? '' : after.message, /have been stopped/);
});

test('nor one that was stopped before its first cell', async () => {
  const pool = new WorkerPool(1, () => undefined);
  await pool.stop();
  const report = await pool.run(job());
  await pool.stop();
  assert.match(report.ok ? '' : report.message, /have been stopped/);
});

test.run();
