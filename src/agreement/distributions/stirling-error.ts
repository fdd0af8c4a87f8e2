/**
 * What Stirling's formula misses in log Gamma: log Gamma(x) = (x - 1/2) log x - x + log(2 pi) / 2 + stirlingError(x),
 * for x > 0. Asymptotic series from x = 10 on (DLMF 5.11.1), below it the recurrence that Gamma(x + 1) = x Gamma(x)
 * implies. Small by itself, so that ratios of large Gamma functions keep their digits (Loader 2000).
 */
export function stirlingError(x: number): number {
  let y = x;
  let sum = 0;
  for (; y < 10; y++) sum += (y + 0.5) * Math.log1p(1 / y) - 1;
  const s = 1 / (y * y);
  const series =
    1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s * (1 / 1188 - (s * 691) / 360360))));
  return sum + series / y;
}
