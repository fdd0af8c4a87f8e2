import { Mt19937 } from '../random/mt19937.ts';

/** Voxels to train on, in the input format of the network. */
export interface TrainingRows {
  readonly n: number;
  readonly inputs: number;
  /** n x inputs, row-major. */
  readonly values: Float32Array;
  /** Targets of a supervised loss, n rows. */
  readonly targets?: Float32Array;
}

/**
 * Iterates over batches in an order shuffled every epoch by Fisher and Yates' algorithm; rows that do not fill a batch are
 * skipped in that epoch. Every batch is returned in the same array.
 */
export class ShuffledBatches {
  /** Whole batches in an epoch. */
  readonly count: number;
  readonly #rows: TrainingRows;
  readonly #batch: number;
  readonly #buffer: Float32Array;
  readonly #targets: Float32Array;
  readonly #order: Uint32Array;
  readonly #random: Mt19937;
  /** Written to, so that the compiler keeps the reads in `touch`. */
  readonly #touched = new Float64Array(1);

  constructor(rows: TrainingRows, batch: number, seed: number) {
    this.count = Math.floor(rows.n / batch);
    this.#rows = rows;
    this.#batch = batch;
    this.#buffer = new Float32Array(batch * rows.inputs);
    this.#targets = new Float32Array((batch * (rows.targets?.length ?? 0)) / Math.max(1, rows.n));
    this.#order = Uint32Array.from({ length: rows.n }, (_, i) => i);
    this.#random = new Mt19937(seed);
  }

  shuffle(): void {
    const order = this.#order;
    for (let i = order.length - 1; i > 0; i--) {
      const j = this.#random.below(i + 1);
      const swapped = order[i];
      order[i] = order[j]!;
      order[j] = swapped;
    }
  }

  /** Returns the batch of this number, 0..count-1, in the order of the last shuffle. */
  take(number: number): Float32Array {
    return this.#gather(this.#rows.values, number, this.#buffer);
  }

  /** Its targets, where there are any. */
  takeTargets(number: number): Float32Array | undefined {
    const { targets } = this.#rows;
    return targets && this.#gather(targets, number, this.#targets);
  }

  #gather(values: Float32Array, number: number, buffer: Float32Array): Float32Array {
    const width = buffer.length / this.#batch;
    const start = number * this.#batch;
    this.#touched[0] = touch(values, this.#order, start, this.#batch, width);
    for (let i = 0; i < this.#batch; i++) {
      const from = this.#order[start + i] * width;
      for (let k = 0; k < width; k++) buffer[i * width + k] = values[from + k]!;
    }
    return buffer;
  }
}

/**
 * Reads both ends of every row of a batch. The rows are scattered in memory: in this short loop the processor waits for many of
 * them at the same time, in the copying loop for one after the other, which took longer than training on them.
 */
function touch(
  values: Float32Array,
  order: Uint32Array,
  start: number,
  batch: number,
  width: number,
): number {
  let sum = 0;
  for (let i = start; i < start + batch; i++) {
    const from = order[i] * width;
    sum += values[from] + values[from + width - 1];
  }
  return sum;
}
