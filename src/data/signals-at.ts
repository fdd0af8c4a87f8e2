import type { Signals } from '../contracts/voxels.ts';

/** Signals at or below this part of b=0 are taken to be it where logarithms are needed. */
const LEAST = 1e-3;

/**
 * Signals as they would be at other b-values, read off straight lines between the logarithms of those there are, and off
 * the last line beyond: what one can do to hand a network signals of a protocol that it was not made for. Between
 * b-values that are far apart that is not what was measured.
 * @param bValues s/mm², ascending, the first 0
 */
export function signalsAt(signals: Signals, bValues: Float64Array): Signals {
  const from = signals.bValues;
  if (from.length === bValues.length && from.every((b, k) => b === bValues[k])) return signals;
  const { n } = signals;
  const values = new Float64Array(n * bValues.length);
  const width = from.length;
  bValues.forEach((b, k) => {
    // The first of its value, so that the one before it is smaller.
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
