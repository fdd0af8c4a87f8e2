import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { oneThread } from '../nets/tensorflow/one-thread.ts';
import type { CellJob, CellProgress, CellReport } from './work-cell.ts';

const runsAsTypeScript = import.meta.url.endsWith('.ts');
const workerFile = new URL(runsAsTypeScript ? './boot.mjs' : './work-cell.js', import.meta.url);

/** Threads that run cells. They start with the first cell; a stopped pool does not restart. */
export class WorkerPool {
  readonly #threads: number;
  readonly #onProgress: (progress: CellProgress) => void;
  #pool: Piscina<CellJob, CellReport> | undefined;
  #stopped = false;

  constructor(threads: number, onProgress: (progress: CellProgress) => void) {
    this.#threads = threads;
    this.#onProgress = onProgress;
  }

  /** Never rejects: a thread that dies is a failed cell, and so is a cell after `stop`. */
  async run(job: CellJob): Promise<CellReport> {
    if (this.#stopped) return { ok: false, message: TOO_LATE, stack: TOO_LATE };
    try {
      return await this.#started().run(job);
    } catch (error) {
      const { message, stack } = error as Error;
      return { ok: false, message: `the worker ended: ${message}`, stack: stack ?? message };
    }
  }

  /** Terminates all threads immediately. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#pool?.destroy();
  }

  #started(): Piscina<CellJob, CellReport> {
    if (!this.#pool) {
      oneThread();
      this.#pool = new Piscina<CellJob, CellReport>({
        filename: fileURLToPath(workerFile),
        minThreads: 1,
        maxThreads: this.#threads,
        concurrentTasksPerWorker: 1,
        idleTimeout: Infinity,
        recordTiming: false,
      });
      this.#pool.on('message', (progress: CellProgress) => this.#onProgress(progress));
    }
    return this.#pool;
  }
}

const TOO_LATE = 'the workers have been stopped';
