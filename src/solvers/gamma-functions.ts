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

/**
 * Digamma function, the derivative of log Gamma, for x > 0: the recurrence psi(x) = psi(x + 1) - 1 / x up to x = 10
 * and from there the asymptotic series (Abramowitz and Stegun 1964, 6.3.5 and 6.3.18). Error below 1e-14 relative
 * or absolute, whichever is larger.
 */
export function digamma(x: number): number {
  let y = x;
  let sum = 0;
  for (; y < 10; y++) sum -= 1 / y;
  const s = 1 / (y * y);
  const series =
    s * (1 / 12 - s * (1 / 120 - s * (1 / 252 - s * (1 / 240 - s * (1 / 132 - s * (691 / 32760))))));
  return sum + Math.log(y) - 0.5 / y - series;
}

/** Trigamma function, the derivative of digamma, for x > 0 (Abramowitz and Stegun 1964, 6.4.6 and 6.4.12). */
export function trigamma(x: number): number {
  let y = x;
  let sum = 0;
  for (; y < 10; y++) sum += 1 / (y * y);
  const s = 1 / (y * y);
  const series = 1 / 6 - s * (1 / 30 - s * (1 / 42 - s * (1 / 30 - s * (5 / 66 - s * (691 / 2730)))));
  return sum + 1 / y + 0.5 * s + (s / y) * series;
}
