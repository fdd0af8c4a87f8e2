/**
 * Detectability d' of something by the scores of an observer without and with it: the difference of the means over the root mean square of the
 * standard deviations (Barrett and Myers, Foundations of Image Science, 2004, equation 13.19). NaN with fewer than two scores of
 * either kind.
 */
export function detectability(without: readonly number[], present: readonly number[]): number {
  if (without.length < 2 || present.length < 2) return NaN;
  const [a, b] = [moments(without), moments(present)];
  return (b.mean - a.mean) / Math.sqrt((a.variance + b.variance) / 2);
}

function moments(values: readonly number[]): { mean: number; variance: number } {
  const mean = values.reduce((sum, each) => sum + each, 0) / values.length;
  const squares = values.reduce((sum, each) => sum + (each - mean) ** 2, 0);
  return { mean, variance: squares / (values.length - 1) };
}
