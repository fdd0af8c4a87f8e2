import { setImmediate } from 'node:timers/promises';
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
/** Rows of the first piece; later ones have up to four times as many as the one before. */
const FIRST_ROWS = 64;
/** A piece in this thread takes about so long at most, in seconds, so that progress is drawn and Ctrl-C is heard. */
const TURN_SECONDS = 0.2;
/** Rows after which it is known how long a row takes; the first few take longer. */
const SURE_ROWS = 1_024;
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
  const fit = (count: number) => fitPiece(fitter, scheme, slot, count, bench, options.sigma);

  const started = performance.now();
  let used = 1;
  for (let rows = Math.min(FIRST_ROWS, most); pieces.left > 0;) {
    const began = performance.now();
    const count = await pieces.fitNext({ slot, fit }, rows);
    const seconds = (performance.now() - began) / 1000;
    const inTurn = Math.floor((TURN_SECONDS * count) / seconds);
    rows = Math.max(1, Math.min(inTurn, 4 * rows, most));
    const isSure = source.n - pieces.left >= SURE_ROWS || seconds > TURN_SECONDS;
    const secondsLeft = (seconds / count) * pieces.left;
    if (startPool && threads > 1 && isSure && secondsLeft * (1 - 1 / threads) > worthSeconds) {
      used = threads;
      await withOthers(startPool, Math.max(1, Math.min(inTurn, most)));
    }
    await setImmediate();
  }
  return {
    voxels: source.n,
    ...pieces.counts(),
    threads: used,
    seconds: (performance.now() - started) / 1000,
  };

  async function withOthers(start: NonNullable<typeof startPool>, mostHere: number): Promise<void> {
    const slots = Array.from({ length: SLOTS_PER_THREAD * (threads - 1) }, () =>
      allocateSlot({ rows: most, columns, masked, intervals }, (bytes) => new SharedArrayBuffer(bytes)),
    );
    const pool = await start(threads - 1, slots);
    const others = slots.map((each, i): Lane => ({
      slot: each,
      fit: (count) => pool.fit({ slot: i, count }),
    }));
    const here: Lane = { slot, fit, most: mostHere };
    try {
      await pieces.drain([...others, here], most, FEWEST_ROWS);
    } finally {
      await pool.close();
    }
  }
}
