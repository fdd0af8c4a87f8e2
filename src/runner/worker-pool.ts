import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
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
      for (const [name, value] of TENSORFLOW) process.env[name] ??= value;
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

/**
 * For TensorFlow's C library, which reads the variables of the process itself, where a worker thread can't set them: it keeps one
 * thread busy, as the scheduler expects and so that sums have the same last bits everywhere, and does not greet.
 */
const TENSORFLOW = [
  ['TF_NUM_INTRAOP_THREADS', '1'],
  ['TF_NUM_INTEROP_THREADS', '1'],
  ['TF_CPP_MIN_LOG_LEVEL', '2'],
] as const;

const TOO_LATE = 'the workers have been stopped';
