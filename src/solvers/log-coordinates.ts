/**
 * Coordinates in which the study's posterior is searched: logarithms of rates, and logits of fractions. Rates below exp(-30) mm²/s,
 * fractions below exp(-30), and those as close to 1, are indistinguishable from the bound.
 */
export const FURTHEST = 30;

const LEAST = Math.exp(-FURTHEST);

export function logRate(rate: number): number {
  return Math.log(Math.max(LEAST, rate));
}

export function logit(f: number): number {
  return Math.log(Math.max(LEAST, f) / Math.max(LEAST, 1 - f));
}
