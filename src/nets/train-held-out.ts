import { Mt19937 } from '../random/mt19937.ts';
import type { Engine, Loss, Predictor } from './engine.ts';
import { lossCoefficients } from './fused/loss-shape.ts';
import { rebuildS0Loss } from './fused/losses.ts';
import type { TrainingRows } from './shuffled-batches.ts';
import { train } from './train.ts';
import type { Training, TrainingPlan } from './train.ts';

/** Voxels to train on, and held-out voxels for validation. */
interface SplitRows {
  readonly learnt: TrainingRows;
  readonly heldOut: TrainingRows;
}

/**
 * Splits the voxels once: the held-out part never takes part in training, however often batches are reshuffled.
 *
 * @param share fraction of the voxels to train on, rounded down to whole voxels
 */
export function splitRows(rows: TrainingRows, share: number, seed: number): SplitRows {
  const random = new Mt19937(seed);
  const order = Uint32Array.from({ length: rows.n }, (_, i) => i);
  const count = Math.floor(rows.n * share);
  for (let i = 0; i < count; i++) {
    const j = i + random.below(rows.n - i);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return {
    learnt: pick(rows, order.subarray(0, count).sort()),
    heldOut: pick(rows, order.subarray(count).sort()),
  };
}

function pick({ n, inputs, values, targets }: TrainingRows, chosen: Uint32Array): TrainingRows {
  const copy = (from: Float32Array, width: number) => {
    const to = new Float32Array(chosen.length * width);
    chosen.forEach((row, i) => to.set(from.subarray(row * width, (row + 1) * width), i * width));
    return to;
  };
  const picked = { n: chosen.length, inputs, values: copy(values, inputs) };
  return targets ? { ...picked, targets: copy(targets, targets.length / n) } : picked;
}

type RebuildS0 = Extract<Loss, { kind: 'rebuild-s0' }>;

const CHUNK = 1024;

/**
 * Computes the mean loss of a network in use, on held-out voxels: without dropout, and with running statistics for
 * normalisation.
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

export interface HeldOutPlan extends Omit<TrainingPlan, 'rows' | 'loss' | 'judge'> {
  readonly loss: Extract<Loss, { kind: 'rebuild-s0' }>;
  readonly rows: SplitRows;
}

/** Trains with early stopping by the mean loss on held-out voxels (Kaandorp 2021). */
export function trainHeldOut(engine: Engine, plan: HeldOutPlan): Promise<Training> {
  const { network, rows, loss } = plan;
  const heldOut = new HeldOutLoss(loss, rows.heldOut);
  return train(engine, {
    ...plan,
    rows: rows.learnt,
    judge(weights) {
      const predictor = engine.use(network, weights);
      const mean = heldOut.of(predictor);
      predictor.dispose();
      return mean;
    },
  });
}
