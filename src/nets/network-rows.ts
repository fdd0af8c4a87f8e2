import type { Signals } from '../contracts/voxels.ts';
import type { TrainingRows } from './shuffled-batches.ts';

/**
 * Limit of signals in training, which squares gradients, which are products of two signals: with fourth powers near the largest
 * float32, 3.4e38, one voxel would turn all weights into NaN. Tissue is far below it; a voxel with a b=0 mean of almost nothing
 * is not.
 */
const LARGEST_IN_TRAINING = 1e9;

/** Whether a network can process a voxel: all signals finite as float32, its b=0 mean positive. */
export function isUsable(signals: Signals, voxel: number): boolean {
  const width = signals.bValues.length;
  const scale = signals.scale[voxel];
  if (!(scale > 0 && scale < Infinity)) return false;
  for (let k = voxel * width; k < (voxel + 1) * width; k++) {
    if (!Number.isFinite(Math.fround(signals.values[k]))) return false;
  }
  return true;
}

/**
 * Writes the last `inputs` signals of one voxel to `row` of `out`: all of them, or all but that at b=0, which is 1 in
 * every voxel.
 */
export function writeRow(
  signals: Signals,
  voxel: number,
  out: Float32Array,
  row: number,
  inputs: number,
): void {
  const from = (voxel + 1) * signals.bValues.length - inputs;
  const to = row * inputs;
  for (let k = 0; k < inputs; k++) out[to + k] = signals.values[from + k]!;
}

/** Returns every voxel that a network can be trained on, in its input format: without b=0. */
export function networkRows(signals: Signals): TrainingRows {
  const inputs = signals.bValues.length - 1;
  const values = new Float32Array(signals.n * inputs);
  let n = 0;
  for (let i = 0; i < signals.n; i++) {
    if (isTrainable(signals, i)) writeRow(signals, i, values, n++, inputs);
  }
  return { n, inputs, values: values.subarray(0, n * inputs) };
}

/** Whether a voxel is usable and its signals are small enough for training. */
export function isTrainable(signals: Signals, voxel: number): boolean {
  if (!isUsable(signals, voxel)) return false;
  const width = signals.bValues.length;
  for (let k = voxel * width; k < (voxel + 1) * width; k++) {
    if (Math.abs(signals.values[k]) > LARGEST_IN_TRAINING) return false;
  }
  return true;
}
