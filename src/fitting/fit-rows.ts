import type { PreparedFitter } from '../contracts/fitter.ts';
import type { EstimateSink } from '../data/estimate-sink.ts';
import type { RowSource } from '../data/row-source.ts';
import type { Scheme } from '../data/scheme.ts';
import { allocateScratch, allocateSlot, fitPiece, type Slot } from './piece.ts';
import { Pieces, type Lane } from './pieces.ts';
import type { Pool } from './pool.ts';

export interface FitRowsOptions {
  /** Noise per quadrature channel in the unit of the rows, where known. */
  readonly sigma?: number;
  /** Threads that may be used, this one included. */
  readonly threads: number;
  /** Whether standard deviations and quantiles are asked for. */
  readonly intervals?: boolean;
  /** Starts threads over the slots; absent where the fitter can only be got ready once. */
  readonly startPool?: (threads: number, slots: readonly Slot[]) => Promise<Pool>;
  /** How much time threads must save to be started, in seconds. */
  readonly worthSeconds?: number;
  readonly onProgress?: (done: number, of: number) => void;
}

export interface FitCounts {
  readonly voxels: number;
  /** Voxels with an estimate. */
  readonly fitted: number;
  /** Voxels per word of `Status`, those that occur. */
  readonly byStatus: Readonly<Record<string, number>>;
  /** Threads that were used, this one included. */
  readonly threads: number;
  /** Time on the clock from the first piece to the last, reading and writing included. */
  readonly seconds: number;
}

/** Most rows and bytes in a piece. */
const ROWS_AT_ONCE = 16_384;
const BYTES_AT_ONCE = 8 * 2 ** 20;
/** Rows of the first piece, which shows how long a row takes. */
const FIRST_ROWS = 1_024;
/** Fewer rows are not worth a message to another thread. */
const FEWEST_ROWS = 256;
/** Slots per other thread: one being fitted, one being read or written. */
const SLOTS_PER_THREAD = 2;

/**
 * Fits all rows of a file piece by piece, so that memory does not grow with the file. Other threads help where that saves
 * time; the estimates are the same, since a fitter answers for a voxel whatever else is in the batch.
 */
export async function fitRows(
  source: RowSource,
  scheme: Scheme,
  fitter: PreparedFitter,
  sink: EstimateSink,
  options: FitRowsOptions,
): Promise<FitCounts> {
  const { threads, startPool, worthSeconds = 0.5, intervals = false } = options;
  const columns = source.bValues.length;
  const masked = source.inside !== undefined;
  const most = Math.max(FEWEST_ROWS, Math.min(ROWS_AT_ONCE, Math.floor(BYTES_AT_ONCE / (8 * columns))));
  const pieces = new Pieces(source, sink, options.onProgress);
  const bench = allocateScratch(most, scheme.bValues.length, options.sigma !== undefined, intervals);
  const slot = allocateSlot({ rows: most, columns, masked, intervals }, (bytes) => new ArrayBuffer(bytes));
  const here: Lane = { slot, fit: (count) => fitPiece(fitter, scheme, slot, count, bench, options.sigma) };

  const started = performance.now();
  let used = 1;
  for (let rows = FIRST_ROWS; pieces.left > 0; rows = most) {
    const began = performance.now();
    const count = await pieces.carryOut(here, rows);
    const secondsLeft = ((performance.now() - began) / 1000 / count) * pieces.left;
    if (startPool && threads > 1 && secondsLeft * (1 - 1 / threads) > worthSeconds) {
      used = threads;
      await withOthers(startPool);
    }
  }
  return {
    voxels: source.n,
    ...pieces.counts(),
    threads: used,
    seconds: (performance.now() - started) / 1000,
  };

  async function withOthers(start: NonNullable<typeof startPool>): Promise<void> {
    const slots = Array.from({ length: SLOTS_PER_THREAD * (threads - 1) }, () =>
      allocateSlot({ rows: most, columns, masked, intervals }, (bytes) => new SharedArrayBuffer(bytes)),
    );
    const pool = await start(threads - 1, slots);
    const others = slots.map((each, i): Lane => ({
      slot: each,
      fit: (count) => pool.fit({ slot: i, count }),
    }));
    try {
      await pieces.drain([...others, here], most, FEWEST_ROWS);
    } finally {
      await pool.close();
    }
  }
}
