import type { Study } from '../contracts/study.ts';
import type { CellStore } from './cell-store.ts';
import { Interruption, type StopSignal } from '../terminal/interruption.ts';
import { printMessage } from '../terminal/print.ts';
import { openProgress } from '../terminal/progress.ts';
import { counted } from '../wording/counted.ts';
import { sameMachine, type OutstandingCell } from './outstanding-cells.ts';
import type { RunTally } from './run-tally.ts';
import { scheduleCells } from './schedule.ts';
import { statusLines } from './status-lines.ts';
import { finishedOf, type Writer } from './stored-cell.ts';
import { WorkerPool } from './worker-pool.ts';

export interface CellWork {
  readonly study: Study;
  /** Number of cells of the run. */
  readonly planned: number;
  readonly todo: readonly OutstandingCell[];
  readonly store: CellStore;
  readonly writer: Writer;
  /** Records what happens to every cell. */
  readonly tally: RunTally;
  readonly workers: number;
  /** Repeats stored cells. */
  readonly fresh: boolean;
  readonly quiet: boolean;
}

/** Runs outstanding cells in worker threads, until all are done or the run is interrupted. */
export async function executeCells(work: CellWork): Promise<{ interrupted: StopSignal | null }> {
  const { study, planned, tally, workers } = work;
  if (work.todo.length === 0) return { interrupted: null };
  tellDamaged(tally.damages);
  const todo = work.todo.map(({ entry }) => entry);
  for (const { entry, discard } of work.todo) {
    if (discard) await work.store.remove(entry.key);
    if (work.fresh) await work.store.checkpoint(entry.key).remove();
  }

  const progress = await openProgress(work.quiet);
  const running = new Map<string, string>();
  const state = { title: study.title, tally, planned, workers, running };
  const lines = () => statusLines(state);
  const update = () => {
    if (interruption.signal === null) progress.show(lines);
  };
  const pool = new WorkerPool(workers, ({ id, done, message }) => {
    running.set(id, `${Math.round(100 * done)} %, ${message}`);
    update();
  });
  const interruption = new Interruption(
    work.fresh ? `stopping ${AGAIN}` : `stopping: ${KEPT} ${AGAIN}`,
    () => {
      progress.end();
      void pool.stop();
    },
  );
  const concurrentCells = Math.min(workers, todo.filter(({ cell }) => !cell.timing).length) - 1;
  try {
    await scheduleCells(todo, {
      workers,
      stopped: () => interruption.signal !== null,
      async perform(entry) {
        const { cell, key, parts } = entry;
        // Another process may have finished it since this one started.
        const stored = cell.timing ? null : await work.store.read(key);
        if (stored) {
          tally.reused(entry, finishedOf(stored), !sameMachine(stored, work.writer));
          return null;
        }
        running.set(cell.id, '');
        update();
        const report = await pool.run({
          cell,
          key,
          needs: parts.needs,
          store: work.store.dir,
          writer: work.writer,
          concurrentCells,
        });
        running.delete(cell.id);
        if (report.ok) tally.done(entry, report);
        else if (interruption.signal === null) tally.failed(entry, report.message, report.stack);
        else {
          // A cell that was running when the workers stopped has not failed: it remains to be done, unless it was just stored.
          const kept = await work.store.read(key);
          if (kept) tally.done(entry, finishedOf(kept));
        }
        update();
        return report.ok ? null : report.message;
      },
      onBlocked(entry, message) {
        if (interruption.signal === null) tally.blocked(entry, message);
        update();
      },
    });
  } finally {
    interruption.release();
    await pool.stop();
    await work.store.removeParts();
    progress.end();
  }
  return { interrupted: interruption.signal };
}

const TOLD = 5;

/** Prints which results were damaged; of many, the first ones and how many more. `run.json` has all. */
function tellDamaged(damages: RunTally['damages']): void {
  for (const { id, why } of damages.slice(0, TOLD))
    printMessage(`note: ${id}: its stored result is damaged (${why}) and is computed again`);
  const more = damages.length - TOLD;
  if (more > 0) printMessage(`note: so are the stored results of ${counted(more, 'more cell')}`);
}

const KEPT = 'what is done is kept, and the same command resumes the run';
const AGAIN = '(Ctrl-C again ends at once)';
