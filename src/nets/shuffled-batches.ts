import { Mt19937 } from '../random/mt19937.ts';

/** Voxels to train on, as the network takes them. */
export interface TrainingRows {
  readonly n: number;
  readonly inputs: number;
  /** n x inputs, row-major. */
  readonly values: Float32Array;
}

/**
 * Deals out batches in an order drawn anew every epoch by Fisher and Yates' shuffle; what does not fill a batch is
 * left out of that epoch. The batch handed out is the same array every time.
 */
export class ShuffledBatches {
  /** Whole batches in an epoch. */
  readonly count: number;
  readonly #rows: TrainingRows;
  readonly #batch: number;
  readonly #buffer: Float32Array;
  readonly #order: Uint32Array;
  readonly #random: Mt19937;

  constructor(rows: TrainingRows, batch: number, seed: number) {
    this.count = Math.floor(rows.n / batch);
    this.#rows = rows;
    this.#batch = batch;
    this.#buffer = new Float32Array(batch * rows.inputs);
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

  /** The batch of this number, 0..count-1, in the order of the last shuffle. */
  take(number: number): Float32Array {
    const { inputs, values } = this.#rows;
    const buffer = this.#buffer;
    const start = number * this.#batch;
    for (let i = 0; i < this.#batch; i++) {
      const from = this.#order[start + i] * inputs;
      for (let k = 0; k < inputs; k++) buffer[i * inputs + k] = values[from + k]!;
    }
    return buffer;
  }
}
