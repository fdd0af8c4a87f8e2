import type { Signals } from '../contracts/voxels.ts';
import type { TrainingRows } from './shuffled-batches.ts';

/**
 * Training squares gradients, which are products of two signals: with fourth powers near the largest float32, 3.4e38, one
 * voxel would turn the weights of all into NaN. No tissue comes near; a b=0 mean of almost nothing does.
 */
const LARGEST_IN_TRAINING = 1e9;

/** Whether a voxel is something a network can be given: all signals finite as float32, its b=0 mean positive. */
export function isUsable(signals: Signals, voxel: number): boolean {
  const width = signals.bValues.length;
  const scale = signals.scale[voxel];
  if (!(scale > 0 && scale < Infinity)) return false;
  for (let k = voxel * width; k < (voxel + 1) * width; k++) {
    if (!Number.isFinite(Math.fround(signals.values[k]))) return false;
  }
  return true;
}

/** Writes the signals of one voxel without b=0, which is 1 in every voxel, to `row` of `out`. */
export function writeRow(signals: Signals, voxel: number, out: Float32Array, row: number): void {
  const width = signals.bValues.length;
  const from = voxel * width + 1;
  const to = row * (width - 1);
  for (let k = 0; k < width - 1; k++) out[to + k] = signals.values[from + k]!;
}

/** Every voxel that a network can be trained on, as the network takes it. */
export function networkRows(signals: Signals): TrainingRows {
  const inputs = signals.bValues.length - 1;
  const values = new Float32Array(signals.n * inputs);
  let n = 0;
  for (let i = 0; i < signals.n; i++) {
    if (isTrainable(signals, i)) writeRow(signals, i, values, n++);
  }
  return { n, inputs, values: values.subarray(0, n * inputs) };
}

function isTrainable(signals: Signals, voxel: number): boolean {
  if (!isUsable(signals, voxel)) return false;
  const width = signals.bValues.length;
  for (let k = voxel * width; k < (voxel + 1) * width; k++) {
    if (Math.abs(signals.values[k]) > LARGEST_IN_TRAINING) return false;
  }
  return true;
}
