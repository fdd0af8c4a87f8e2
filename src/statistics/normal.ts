/** 97.5 % quantile of the standard normal distribution: half the width of a 95 % interval in standard errors. */
export const Z95 = 1.959963984540054;

/** Beyond this many standard deviations the series for the body would lose digits of the tail. */
const TAIL = 3;

/** Probability that a standard normal number is below z. */
export const normalCdf = (z: number): number => normalUpperTail(-z);

/**
 * Probability that a standard normal number is above z, with a relative error below 1e-12 for z up to 37, where it
 * becomes too small for a double.
 *
 * Near the middle it is 1/2 - phi(z) (z + z³/3 + z⁵/(3·5) + …) (Marsaglia, J Stat Softw 2004;11:4). In the tail it is
 * the continued fraction phi(z) / (z + 1/(z + 2/(z + 3/(z + …)))) (Abramowitz and Stegun 1964, 26.2.14).
 */
export function normalUpperTail(z: number): number {
  if (Number.isNaN(z)) return NaN;
  if (z < -TAIL) return 1 - normalUpperTail(-z);
  const density = Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
  if (z > TAIL) {
    if (density === 0) return 0;
    let fraction = z;
    for (let k = 120; k >= 1; k--) fraction = z + k / fraction;
    return density / fraction;
  }
  let term = z;
  let sum = z;
  for (let k = 3; Math.abs(term) > 1e-18; k += 2) {
    term *= (z * z) / k;
    sum += term;
  }
  return 0.5 - density * sum;
}
