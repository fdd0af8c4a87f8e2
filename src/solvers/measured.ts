import type { Signals } from '../contracts/voxels.ts';

/** Whether every signal of voxel `i` is finite and its b=0 mean positive: what a fit needs to start at all. */
export function isMeasured(signals: Signals, i: number): boolean {
  const width = signals.bValues.length;
  const end = (i + 1) * width;
  // One sum is NaN or infinite if any signal is; finite signals too large to add up can't be fitted either.
  let sum = 0;
  for (let k = i * width; k < end; k++) sum += signals.values[k] * signals.values[k];
  return sum < Infinity && signals.scale[i] > 0 && signals.scale[i] < Infinity;
}
