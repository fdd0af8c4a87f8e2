import { setImmediate } from 'node:timers/promises';
import type { PreparedFitter } from '../contracts/fitter.ts';
import type { EstimateSink } from '../data/estimate-sink.ts';
import type { RowSource } from '../data/row-source.ts';
import type { MeasuredProtocol } from '../data/measured-protocol.ts';
import { allocateScratch, allocateSlot, fitPiece, type Slot } from './piece.ts';
import { Pieces, type Lane } from './pieces.ts';
import type { Pool } from './pool.ts';
import { sharedMemory } from './shared-memory.ts';

export interface FitRowsOptions {
  /** Noise per quadrature channel in the unit of the rows, if known; of rows with their own a typical one. */
  readonly sigma?: number;
  /** Maximum number of threads, including this one. */
  readonly threads: number;
  /** Whether to compute standard deviations and quantiles. */
  readonly intervals?: boolean;
  /** Starts threads over the slots; absent if the fitter can be prepared only once. */
  readonly startPool?: (threads: number, slots: readonly Slot[]) => Promise<Pool>;
  /** Start threads only if they are expected to save this much time, in seconds. */
  readonly worthSeconds?: number;
  readonly onProgress?: (done: number, of: number) => void;
}

export interface FitCounts {
  readonly voxels: number;
  /** Voxels with an estimate. */
  readonly fitted: number;
  /** Number of voxels per status that occurs. */
  readonly byStatus: Readonly<Record<string, number>>;
  /** Number of threads used, including this one. */
  readonly threads: number;
  /** Elapsed time from the first piece to the last, including reading and writing. */
  readonly seconds: number;
}

/** Maximum number of rows and bytes in a piece. */
const ROWS_AT_ONCE = 16_384;
const BYTES_AT_ONCE = 8 * 2 ** 20;
/** Rows of the first piece; each later one has at most four times as many as the one before. */
const FIRST_ROWS = 64;
/** Target duration of a piece in this thread, in seconds, so that progress is drawn and Ctrl-C is handled. */
const TURN_SECONDS = 0.2;
/** Number of rows after which the time per row is reliable; the first few take longer. */
const SURE_ROWS = 1_024;
/** Fewer rows are not worth a message to another thread. */
const FEWEST_ROWS = 256;
/** Slots per additional thread: one being fitted, one being read or written. */
const SLOTS_PER_THREAD = 2;

/**
 * Fits all rows of a file piece by piece, so that memory does not grow with the file. Other threads are used if that saves
 * time; the estimates are the same, since those of a voxel do not depend on the rest of the batch.
 */
export async function fitRows(
  source: RowSource,
  protocol: MeasuredProtocol,
  fitter: PreparedFitter,
  sink: EstimateSink,
  options: FitRowsOptions,
): Promise<FitCounts> {
  const { threads, startPool, worthSeconds = 0.5, intervals = false } = options;
  const columns = source.bValues.length;
  const masked = source.inside !== undefined;
  const noisy = source.sigma !== undefined;
  const most = Math.max(FEWEST_ROWS, Math.min(ROWS_AT_ONCE, Math.floor(BYTES_AT_ONCE / (8 * columns))));
  const pieces = new Pieces(source, sink, options.onProgress);
  const bench = allocateScratch(most, protocol.bValues.length, options.sigma !== undefined, intervals);
  const slot = allocateSlot(
    { rows: most, columns, masked, noisy, intervals },
    (bytes) => new ArrayBuffer(bytes),
  );
  const fit = (count: number) => fitPiece(fitter, protocol, slot, count, bench, options.sigma);

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
      allocateSlot({ rows: most, columns, masked, noisy, intervals }, sharedMemory),
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
