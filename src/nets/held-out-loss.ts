import type { Loss, Predictor } from './engine.ts';
import { lossCoefficients } from './fused/loss-shape.ts';
import { rebuildS0Loss } from './fused/losses.ts';
import type { TrainingRows } from './shuffled-batches.ts';

type RebuildS0 = Extract<Loss, { kind: 'rebuild-s0' }>;

const CHUNK = 1024;

/**
 * The mean loss of a network in use, on voxels that it doesn't learn from: nothing is left out, and normalisation is by
 * running statistics.
 */
export class HeldOutLoss {
  readonly #rows: TrainingRows;
  readonly #coefficients: Float64Array;
  readonly #outputs: Float32Array;
  /** A chunk, laid out [unit][voxel]. */
  readonly #signals: Float64Array;
  readonly #found = new Float64Array(4 * CHUNK);
  readonly #gradient = new Float64Array(4 * CHUNK);
  readonly #targets: Float64Array | undefined;

  constructor(loss: RebuildS0, rows: TrainingRows) {
    this.#rows = rows;
    this.#coefficients = Float64Array.from(lossCoefficients(loss));
    this.#outputs = new Float32Array(4 * rows.n);
    this.#signals = new Float64Array(rows.inputs * CHUNK);
    if (rows.targets) this.#targets = new Float64Array(4 * CHUNK);
  }

  of(predictor: Predictor): number {
    const { n, inputs, values, targets } = this.#rows;
    predictor.predict(values, n, this.#outputs);
    let sum = 0;
    for (let from = 0; from < n; from += CHUNK) {
      const count = Math.min(CHUNK, n - from);
      toColumns(values, inputs, from, count, this.#signals);
      toColumns(this.#outputs, 4, from, count, this.#found);
      if (targets && this.#targets) toColumns(targets, 4, from, count, this.#targets);
      sum += rebuildS0Loss(
        this.#coefficients,
        this.#signals,
        this.#targets,
        this.#found,
        this.#gradient,
        CHUNK,
        count,
        1,
      );
    }
    return sum / n;
  }
}

function toColumns(rows: Float32Array, width: number, from: number, count: number, to: Float64Array): void {
  let at = from * width;
  for (let i = 0; i < count; i++) for (let k = 0; k < width; k++) to[k * CHUNK + i] = rows[at++];
}
