import type { LabelledSignals, Signals } from '../../contracts/voxels.ts';
import { isTrainable, writeRow } from '../../nets/network-rows.ts';
import type { TrainingRows } from '../../nets/shuffled-batches.ts';

/** Signals above it count as it in training. */
const HIGHEST = 1.5;

/** Most that the 95th percentile of the signals in a range of b-values (s/mm²) may be. */
const LIMITS: readonly { readonly covers: (b: number) => boolean; readonly most: number }[] = [
  { covers: (b) => b < 50, most: 1.3 },
  { covers: (b) => b > 50, most: 1.2 },
  { covers: (b) => b > 150, most: 1 },
];

/**
 * The voxels such a network is trained on, all b-values of each, and where `supervised` their true Dp, D, f, and 1 for S0.
 * Left out are those whose signals don't fall as a decay does, with the limits of the code of Kaandorp et al. 2021: air
 * and motion, in scans.
 */
export function branchedRows({ signals, truth }: LabelledSignals, supervised: boolean): TrainingRows {
  const inputs = signals.bValues.length;
  const chosen = Uint32Array.from({ length: signals.n }, (_, i) => i).filter(
    (i) => isTrainable(signals, i) && isDecay(signals, i) && (!supervised || isKnown(truth, i)),
  );
  const values = new Float32Array(chosen.length * inputs);
  chosen.forEach((voxel, row) => writeRow(signals, voxel, values, row, inputs));
  for (let k = 0; k < values.length; k++) values[k] = Math.min(HIGHEST, values[k]);
  const rows = { n: chosen.length, inputs, values };
  if (!supervised) return rows;
  const targets = new Float32Array(4 * chosen.length);
  chosen.forEach((i, row) => targets.set([truth.Dp[i], truth.D[i], truth.f[i], 1], 4 * row));
  return { ...rows, targets };
}

function isKnown({ D, f, Dp }: LabelledSignals['truth'], i: number): boolean {
  return Number.isFinite(D[i] + f[i] + Dp[i]);
}

function isDecay({ bValues, values }: Signals, voxel: number): boolean {
  const row = values.subarray(voxel * bValues.length, (voxel + 1) * bValues.length);
  return LIMITS.every(({ covers, most }) => {
    const covered = row.filter((_, k) => covers(bValues[k]));
    return covered.length === 0 || percentile95(covered) < most;
  });
}

/** Between the two nearest in order, in proportion, as NumPy has it. */
function percentile95(values: Float64Array): number {
  const sorted = values.sort();
  const place = 0.95 * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}
