import type { LabelledSignals } from '../../contracts/voxels.ts';
import { isTrainable, writeRow } from '../../nets/network-rows.ts';

/** Training voxels as the network takes them: signals without b=0, and the truth in its own mean and spread. */
export interface LabelledRows {
  readonly n: number;
  readonly inputs: number;
  /** n x inputs, row-major. */
  readonly signals: Float32Array;
  /** n x Dp, D, f, each minus its mean and over its standard deviation. */
  readonly truths: Float32Array;
  readonly mean: readonly number[];
  readonly sd: readonly number[];
}

/** Every voxel with usable signals and a known truth. */
export function labelledRows({ signals, truth }: LabelledSignals): LabelledRows {
  const inputs = signals.bValues.length - 1;
  const columns = [truth.Dp, truth.D, truth.f];
  const usable: number[] = [];
  for (let i = 0; i < signals.n; i++) {
    const isKnown = columns.every((column) => Number.isFinite(column[i]));
    if (isKnown && isTrainable(signals, i)) usable.push(i);
  }
  const n = usable.length;
  const mean = columns.map((column) => usable.reduce((sum, i) => sum + column[i], 0) / n);
  const sd = columns.map((column, k) => {
    const square = usable.reduce((sum, i) => sum + (column[i] - mean[k]) ** 2, 0) / n;
    // A constant needs no unit; any will do.
    return Math.sqrt(square) || 1;
  });
  const values = new Float32Array(n * inputs);
  usable.forEach((voxel, row) => writeRow(signals, voxel, values, row, inputs));
  const truths = Float32Array.from({ length: 3 * n }, (_, at) => {
    const k = at % 3;
    return (columns[k][usable[(at - k) / 3]] - mean[k]) / sd[k];
  });
  return { n, inputs, signals: values, truths, mean, sd };
}
