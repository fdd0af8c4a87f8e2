/** Fewer signals give no reliable estimate. */
const FEWEST = 2_000;
/** Rayleigh noise: median over sigma, and the upper quartile over the lower one. */
const MEDIAN = Math.sqrt(2 * Math.LN2);
const QUARTILES = Math.sqrt(Math.log(4) / Math.log(4 / 3));
/** Tolerated deviation of that ratio; beyond it the background is not pure noise but filtered, averaged, or part of a body. */
const TOLERANCE = 0.1;

/**
 * Estimates the noise of a magnitude image from signals of air, which follow a Rayleigh distribution (Gudbjartsson and Patz
 * 1995): their median is sigma sqrt(2 ln 2). Signals whose quartiles do not fit that distribution give no estimate.
 *
 * @param signals above 0, as measured; use b-values above 0 if voxels were chosen by their b=0 signal
 * @returns sigma per quadrature channel in the unit of the signals; NaN if there is no estimate
 */
export function backgroundSigma(signals: Float64Array): number {
  if (signals.length < FEWEST) return NaN;
  const sorted = signals.slice().sort();
  const at = (level: number) => sorted[Math.round(level * (sorted.length - 1))];
  const ratio = at(0.75) / at(0.25);
  return Math.abs(ratio / QUARTILES - 1) <= TOLERANCE ? at(0.5) / MEDIAN : NaN;
}
