import { setImmediate } from 'node:timers/promises';
import { failedFrom } from '../contracts/voxels.ts';
import type { EstimateSink } from '../data/estimate-sink.ts';
import type { RowSource } from '../data/row-source.ts';
import { statusWord } from '../data/status-words.ts';
import { firstOf, type Slot } from './piece.ts';

/** A thread that fits one piece at a time. */
export interface Lane {
  readonly slot: Slot;
  /** Fits the first `count` rows of the slot. */
  fit(count: number): Promise<void>;
  /** Maximum number of rows in a piece, if it has a limit of its own. */
  readonly most?: number;
}

/** Distributes the rows of a file in pieces, and counts the results. */
export class Pieces {
  readonly #source: RowSource;
  readonly #sink: EstimateSink;
  readonly #onProgress: (done: number, of: number) => void;
  readonly #perStatus = new Array<number>(256).fill(0);
  #next = 0;
  #done = 0;

  constructor(
    source: RowSource,
    sink: EstimateSink,
    onProgress: (done: number, of: number) => void = () => {},
  ) {
    this.#source = source;
    this.#sink = sink;
    this.#onProgress = onProgress;
  }

  /** Number of rows not yet taken. */
  get left(): number {
    return this.#source.n - this.#next;
  }

  /** Takes up to `rows` rows, reads, fits and writes them. Returns their number; 0 at the end. */
  async fitNext(lane: Lane, rows: number): Promise<number> {
    const { slot } = lane;
    const first = this.#next;
    const count = Math.min(rows, this.left);
    if (count === 0) return 0;
    this.#next += count;
    await this.#source.read(first, count, slot.raw);
    if (this.#source.inside) slot.inside?.set(this.#source.inside.subarray(first, first + count));
    if (this.#source.sigma) slot.sigma?.set(this.#source.sigma.subarray(first, first + count));
    await lane.fit(count);
    const estimates = firstOf(slot.estimates, count);
    for (let i = 0; i < count; i++) this.#perStatus[estimates.status[i]]++;
    await this.#sink.write(first, estimates);
    this.#done += count;
    this.#onProgress(this.#done, this.#source.n);
    return count;
  }

  /**
   * Fits all remaining rows, with all lanes in parallel, in pieces of up to `most` rows. Pieces shrink towards the end, down to
   * `fewest`, so that no lane waits long for another (guided self-scheduling, Polychronopoulos and Kuck 1987).
   */
  async drain(lanes: readonly Lane[], most: number, fewest: number): Promise<void> {
    const one = async (lane: Lane) => {
      const rows = () =>
        Math.min(lane.most ?? most, Math.max(fewest, Math.ceil(this.left / (2 * lanes.length))));
      try {
        // A lane in this thread must let the messages of the others through.
        while ((await this.fitNext(lane, rows())) > 0) await setImmediate();
      } catch (error) {
        this.#next = this.#source.n;
        throw error;
      }
    };
    await Promise.all(lanes.map(one));
  }

  /** Returns the number of voxels with an estimate, and of voxels per status that occurs. */
  counts(): { fitted: number; byStatus: Record<string, number> } {
    const byStatus: Record<string, number> = {};
    let fitted = 0;
    this.#perStatus.forEach((count, code) => {
      if (count > 0) byStatus[statusWord(code)] = count;
      if (code < failedFrom) fitted += count;
    });
    return { fitted, byStatus };
  }
}
