import type { Distribution } from '../contracts/fitter.ts';
import type { PolarGaussian } from './polar-gaussian.ts';

/**
 * Draws one value. The arithmetic of `uniform` and `normal` is NumPy's; normal values outside `low`..`high`, the valid range of
 * the quantity, are redrawn.
 */
export function draw(distribution: Distribution, random: PolarGaussian, low = 0, high = Infinity): number {
  if ('uniform' in distribution) {
    const [low, high] = distribution.uniform;
    return low + (high - low) * random.uniform();
  }
  if ('logUniform' in distribution) {
    const [low, high] = distribution.logUniform;
    return low * Math.exp(Math.log(high / low) * random.uniform());
  }
  if ('logNormal' in distribution) {
    const { median, sd, within } = distribution.logNormal;
    let value: number;
    do value = median * Math.exp(sd * random.gaussian());
    while (value < within[0] || value > within[1]);
    return value;
  }
  if ('normal' in distribution) {
    const { mean, sd } = distribution.normal;
    let value: number;
    do value = mean + sd * random.gaussian();
    while (value < low || value > high);
    return value;
  }
  return distribution.constant;
}
