/**
 * Natural logarithm of the Gamma function for x > 0: the recurrence up to x = 10, then Stirling's series
 * (Abramowitz and Stegun 1964, 6.1.15 and 6.1.41). Error below 1e-13 relative or absolute, whichever is larger.
 */
export function logGamma(x: number): number {
  let y = x;
  let product = 1;
  for (; y < 10; y++) product *= y;
  const s = 1 / (y * y);
  const series =
    1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s * (1 / 1188 - (s * 691) / 360360))));
  return (y - 0.5) * Math.log(y) - y + 0.5 * Math.log(2 * Math.PI) + series / y - Math.log(product);
}
