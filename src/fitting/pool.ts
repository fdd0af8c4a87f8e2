import { Piscina } from 'piscina';
import type { SavedModel, TissuePrior } from '../contracts/fitter.ts';
import type { MeasuredProtocol } from '../data/measured-protocol.ts';
import type { Slot } from './piece.ts';

/** Everything a worker thread needs to prepare the same fitter. Plain data. */
export interface WorkerSetup {
  /** Address of the fitter's module. */
  readonly fitter: string;
  readonly settings: unknown;
  readonly seed: number;
  readonly tissue?: TissuePrior;
  readonly model?: SavedModel;
  readonly protocol: MeasuredProtocol;
  readonly sigma?: number;
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
