import type { PreparedFitter } from '../contracts/fitter.ts';
import { failedFrom } from '../contracts/voxels.ts';
import type { EstimateSink } from '../data/estimate-sink.ts';
import type { RowSource } from '../data/row-source.ts';
import type { Scheme } from '../data/scheme.ts';
import { statusWord } from '../data/status-words.ts';
import { allocateBench, allocateSlot, firstOf, fitPiece, type Slot } from './piece.ts';
import type { Pool } from './pool.ts';

export interface FitRowsOptions {
  /** Noise per quadrature channel in the unit of the rows, where known. */
  readonly sigma?: number;
  readonly threads: number;
  /** Starts threads over the slots; absent where the fitter can only be got ready once. */
  readonly startPool?: (threads: number, slots: readonly Slot[]) => Promise<Pool>;
  /** How much time threads must save to be started, in seconds. Starting them costs about half a second. */
  readonly worthSeconds?: number;
  readonly onProgress?: (done: number, of: number) => void;
}

export interface FitCounts {
  readonly voxels: number;
  /** Voxels with an estimate. */
  readonly fitted: number;
  /** Voxels per word of `Status`, those that occur. */
  readonly byStatus: Readonly<Record<string, number>>;
  readonly threads: number;
  /** Time on the clock from the first piece to the last, reading and writing included. */
  readonly seconds: number;
}

/** Rows in a piece, and in the first one, which shows how long a row takes. */
const ROWS_AT_ONCE = 16_384;
const BYTES_AT_ONCE = 8 * 2 ** 20;
const FIRST_ROWS = 1_024;

/**
 * Fits all rows of a file piece by piece, so that memory does not grow with the file. Pieces go to other threads where that
 * saves time; the estimates are the same, since a fitter answers for a voxel whatever else is in the batch.
 */
export async function fitRows(
  source: RowSource,
  scheme: Scheme,
  fitter: PreparedFitter,
  sink: EstimateSink,
  options: FitRowsOptions,
): Promise<FitCounts> {
  const { n } = source;
  const { worthSeconds = 1 } = options;
  const columns = source.bValues.length;
  const most = Math.max(64, Math.min(ROWS_AT_ONCE, Math.floor(BYTES_AT_ONCE / (8 * columns)), n));
  const perCode = new Array<number>(256).fill(0);
  const started = performance.now();
  let done = 0;
  const load = async (slot: Slot, first: number, count: number) => {
    await source.read(first, count, slot.raw);
    if (source.inside) slot.inside?.set(source.inside.subarray(first, first + count));
  };
  const store = async (slot: Slot, first: number, count: number) => {
    const estimates = firstOf(slot.estimates, count);
    for (let i = 0; i < count; i++) perCode[estimates.status[i]]++;
    await sink.write(first, estimates);
    done += count;
    options.onProgress?.(done, n);
  };

  const slot = allocateSlot(most, columns, source.inside !== undefined, (bytes) => new ArrayBuffer(bytes));
  const bench = allocateBench(most, scheme.bValues.length, options.sigma !== undefined);
  let next = 0;
  let threads = 1;
  while (next < n) {
    const first = next;
    const count = Math.min(first === 0 ? FIRST_ROWS : most, n - first, most);
    const began = performance.now();
    await load(slot, first, count);
    await fitPiece(fitter, scheme, slot, count, bench, options.sigma);
    await store(slot, first, count);
    next += count;
    const secondsPerRow = (performance.now() - began) / 1000 / count;
    const saved = secondsPerRow * (n - next) * (1 - 1 / options.threads);
    if (options.startPool && saved > worthSeconds) {
      threads = options.threads;
      await withThreads(options.startPool, Math.min(most, Math.ceil((n - next) / (4 * threads))));
    }
  }

  async function withThreads(start: NonNullable<FitRowsOptions['startPool']>, rows: number): Promise<void> {
    const shared = (bytes: number) => new SharedArrayBuffer(bytes);
    const slots = Array.from({ length: 2 * threads }, () =>
      allocateSlot(rows, columns, source.inside !== undefined, shared),
    );
    const pool = await start(threads, slots);
    let failed = false;
    const lane = async (index: number) => {
      while (next < n && !failed) {
        const first = next;
        const count = Math.min(rows, n - first);
        next += count;
        await load(slots[index], first, count);
        await pool.fit({ slot: index, count });
        await store(slots[index], first, count);
      }
    };
    try {
      await Promise.all(
        slots.map((_, index) =>
          lane(index).catch((error: unknown) => {
            failed = true;
            throw error;
          }),
        ),
      );
    } finally {
      await pool.close();
    }
  }

  const byStatus: Record<string, number> = {};
  let fitted = 0;
  perCode.forEach((count, code) => {
    if (count > 0) byStatus[statusWord(code)] = count;
    if (code < failedFrom) fitted += count;
  });
  return { voxels: n, fitted, byStatus, threads, seconds: (performance.now() - started) / 1000 };
}
