import type { Signals } from '../contracts/voxels.ts';

/** Signals at or below this fraction of b=0 are raised to it before taking logarithms. */
const LEAST = 1e-3;

/**
 * Interpolates signals at other b-values: linearly in their logarithms, extrapolating beyond the last b-value. Allows a network
 * to be applied to a protocol it was not trained for. Between distant b-values the result can differ from a measurement.
 * @param bValues s/mm², ascending, the first 0
 */
export function signalsAt(signals: Signals, bValues: Float64Array): Signals {
  const from = signals.bValues;
  if (from.length === bValues.length && from.every((b, k) => b === bValues[k])) return signals;
  const { n } = signals;
  const values = new Float64Array(n * bValues.length);
  const width = from.length;
  bValues.forEach((b, k) => {
    // The first column of its b-value, so that the previous one is smaller.
    const above = Math.max(1, from.indexOf(from.find((other) => other >= b) ?? from[width - 1]));
    const part = (b - from[above - 1]) / (from[above] - from[above - 1]);
    for (let i = 0; i < n; i++) {
      const low = Math.log(Math.max(LEAST, signals.values[i * width + above - 1]));
      const high = Math.log(Math.max(LEAST, signals.values[i * width + above]));
      values[i * bValues.length + k] = Math.exp(low + part * (high - low));
    }
  });
  for (let i = 0; i < n; i++) values[i * bValues.length] = signals.values[i * width];
  return { ...signals, bValues, values };
}
