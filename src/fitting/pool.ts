import { Piscina } from 'piscina';
import type { LaneSetup } from './lane.ts';
import type { Slot } from './piece.ts';

/** What a worker thread is started with. Plain data. */
export interface WorkerSetup extends LaneSetup {
  /** Shared with the thread that reads and writes. */
  readonly slots: readonly Slot[];
}

/** One piece of work: the first `count` rows of a slot. */
export interface WorkerTask {
  readonly slot: number;
  readonly count: number;
}

/** Threads that fit pieces in shared memory. */
export interface Pool {
  fit(task: WorkerTask): Promise<void>;
  close(): Promise<void>;
}

/** Starts `threads` threads; each prepares the fitter itself before its first piece. */
export function startPool(threads: number, setup: WorkerSetup): Pool {
  const typeScript = import.meta.url.endsWith('.ts');
  const pool = new Piscina<WorkerTask, void>({
    // A worker can't be started from TypeScript: a JavaScript module registers the loader and imports the worker.
    filename: new URL(typeScript ? './worker-boot.mjs' : './worker.js', import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
    // One being fitted and one waiting, so that a thread need not wait for this one to notice that it is idle.
    concurrentTasksPerWorker: 2,
    workerData: setup,
  });
  // If the fitter can't be loaded, all threads fail alike. The pieces report it; without this handler, the error would end the
  // process.
  pool.on('error', () => {});
  return { fit: (task) => pool.run(task), close: () => pool.destroy() };
}
