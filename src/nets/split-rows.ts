import { Mt19937 } from '../random/mt19937.ts';
import type { TrainingRows } from './shuffled-batches.ts';

/** Voxels to learn from, and others to judge by. */
export interface SplitRows {
  readonly learnt: TrainingRows;
  readonly heldOut: TrainingRows;
}

/**
 * Draws, once and for all, which share of the voxels is learnt from: the rest never takes part in training, however
 * often batches are reshuffled.
 *
 * @param share of the voxels that are learnt from, rounded down to whole voxels
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
