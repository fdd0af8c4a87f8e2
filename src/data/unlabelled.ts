import type { LabelledSignals, Signals } from '../contracts/voxels.ts';

/** Voxels as training takes them where nobody knows, or may know, what is true of them. */
export function unlabelled(signals: Signals): LabelledSignals {
  const unknown = new Float64Array(signals.n).fill(NaN);
  return { signals, truth: { n: signals.n, D: unknown, f: unknown, Dp: unknown } };
}
