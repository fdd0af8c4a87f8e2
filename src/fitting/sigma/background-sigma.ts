/** Fewer signals tell nothing. */
const FEWEST = 2_000;
/** Of Rayleigh noise: median over sigma, and the upper quartile over the lower one. */
const MEDIAN = Math.sqrt(2 * Math.LN2);
const QUARTILES = Math.sqrt(Math.log(4) / Math.log(4 / 3));
/** How far that ratio may be off before the background is taken for something else: filtered, averaged, or a body. */
const TOLERANCE = 0.1;

/**
 * The noise of a magnitude image from signals of air, which are Rayleigh distributed (Gudbjartsson and Patz 1995):
 * their median is sigma sqrt(2 ln 2). Signals whose quartiles are not those of Rayleigh noise tell nothing.
 *
 * @param signals above 0, as measured; taken at b-values above 0 where voxels were chosen by their b=0
 * @returns sigma per quadrature channel in the unit of the signals; NaN where they tell nothing
 */
export function backgroundSigma(signals: Float64Array): number {
  if (signals.length < FEWEST) return NaN;
  const sorted = signals.slice().sort();
  const at = (level: number) => sorted[Math.round(level * (sorted.length - 1))];
  const ratio = at(0.75) / at(0.25);
  return Math.abs(ratio / QUARTILES - 1) <= TOLERANCE ? at(0.5) / MEDIAN : NaN;
}
