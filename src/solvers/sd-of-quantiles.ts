import { QUANTILE_LEVELS } from '../contracts/voxels.ts';

const LAST = QUANTILE_LEVELS.length - 1;
/** Probability below the first level, between neighbours, and above the last. */
const shares = [
  QUANTILE_LEVELS[0],
  ...QUANTILE_LEVELS.slice(1).map((level, k) => level - QUANTILE_LEVELS[k]),
  1 - QUANTILE_LEVELS[LAST],
];
/** How far the ends lie beyond the outer quantiles, in steps between the outer two. A normal distribution needs as much. */
const BEYOND = 0.5;

/**
 * Computes the standard deviation of a distribution from its quantiles at `QUANTILE_LEVELS`, with linear interpolation of the
 * quantile function. Accurate to 0.2 % for a normal distribution, 3 % too large for a uniform one.
 *
 * @param quantiles ascending, from `at` on
 */
export function sdOfQuantiles(quantiles: Float64Array, at: number): number {
  const low = quantiles[at] - BEYOND * (quantiles[at + 1] - quantiles[at]);
  const high = quantiles[at + LAST] + BEYOND * (quantiles[at + LAST] - quantiles[at + LAST - 1]);
  let mean = 0;
  let square = 0;
  let from = low;
  for (let k = 0; k <= LAST + 1; k++) {
    const to = k <= LAST ? quantiles[at + k] : high;
    // Moments of a uniform stretch, about the lower end so that little is lost in the difference.
    const a = from - low;
    const b = to - low;
    mean += (shares[k] * (a + b)) / 2;
    square += (shares[k] * (a * a + a * b + b * b)) / 3;
    from = to;
  }
  return Math.sqrt(Math.max(0, square - mean * mean));
}
