import type { PolarGaussian } from './polar-gaussian.ts';

/** Draws from a gamma distribution of scale 1 (Marsaglia and Tsang, ACM Trans Math Softw 2000;26:363). */
export function drawGamma(random: PolarGaussian, shape: number): number {
  // Below 1 by the power of a uniform number (same paper, section 6).
  if (shape < 1) return drawGamma(random, shape + 1) * (1 - random.uniform()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = random.gaussian();
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    const u = 1 - random.uniform();
    if (Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}
