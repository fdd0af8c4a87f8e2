/**
 * Coordinates in which the distribution of tissue is close to normal (Orton et al., Magn Reson Med 2014;71:411): log D, logit f
 * and log Dp, with D and Dp in mm²/s.
 */
export const LOG_D = 0;
export const LOGIT_F = 1;
export const LOG_DP = 2;

/** Where the coordinates may lie: D .01 to 10, Dp 1 to 1,000 · 10⁻³ mm²/s, f .001 to .999. */
export const LOWER = Float64Array.of(Math.log(1e-5), -7, Math.log(1e-3));
export const UPPER = Float64Array.of(Math.log(1e-2), 7, Math.log(1));

export const fractionOf = (logit: number): number => 1 / (1 + Math.exp(-logit));

/** Whether a point is in the box and has Dp >= D. */
export function isAllowed(u: Float64Array, at = 0): boolean {
  for (let c = 0; c < 3; c++) if (!(u[at + c] >= LOWER[c] && u[at + c] <= UPPER[c])) return false;
  return u[at + LOG_DP] >= u[at + LOG_D];
}

/** Moves a point to the nearest coordinates in the box, and log Dp up to log D. */
export function allow(u: Float64Array): Float64Array {
  const moved = u.map((value, c) => Math.min(UPPER[c], Math.max(LOWER[c], value)));
  moved[LOG_DP] = Math.max(moved[LOG_DP], moved[LOG_D]);
  return moved;
}

/** Tissue at large: D 1.1, Dp 30 · 10⁻³ mm²/s, f .12. */
export const USUAL = Float64Array.of(Math.log(1.1e-3), Math.log(0.12 / 0.88), Math.log(0.03));
