/**
 * The IVIM signal relative to its value at b=0 (Le Bihan et al. 1988, eq. 2 in OSIPI's names):
 * f exp(-b Dp) + (1 - f) exp(-b D).
 *
 * @param b b-value in s/mm²
 * @param D diffusion coefficient in mm²/s
 * @param f perfusion fraction, 0..1
 * @param Dp pseudo-diffusion coefficient in mm²/s
 */
export function biexponential(b: number, D: number, f: number, Dp: number): number {
  return f * Math.exp(-b * Dp) + (1 - f) * Math.exp(-b * D);
}
