import type { LabelledSignals, Signals } from '../contracts/voxels.ts';

/** Wraps voxels as training data whose truth is unknown or hidden. */
export function unlabelled(signals: Signals): LabelledSignals {
  const unknown = new Float64Array(signals.n).fill(NaN);
  return { signals, truth: { n: signals.n, D: unknown, f: unknown, Dp: unknown } };
}
