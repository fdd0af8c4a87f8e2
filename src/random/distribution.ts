import type { Distribution } from '../contracts/fitter.ts';
import type { Mt19937 } from './mt19937.ts';

/** Draws one value. The arithmetic of `uniform` and `normal` is NumPy's. */
export function draw(distribution: Distribution, random: Mt19937): number {
  if ('uniform' in distribution) {
    const [low, high] = distribution.uniform;
    return low + (high - low) * random.uniform();
  }
  if ('logUniform' in distribution) {
    const [low, high] = distribution.logUniform;
    return low * Math.exp(Math.log(high / low) * random.uniform());
  }
  if ('normal' in distribution) {
    return distribution.normal.mean + distribution.normal.sd * random.gaussian();
  }
  return distribution.constant;
}
