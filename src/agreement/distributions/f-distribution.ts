import { incompleteBeta, type BetaTails } from './incomplete-beta.ts';

/**
 * Probability that a variable of the F distribution with `df1` and `df2` degrees of freedom (> 0, not necessarily
 * whole) is `f` or smaller. NaN where an argument is.
 */
export function fLowerTail(f: number, df1: number, df2: number): number {
  if (f <= 0) return 0;
  return f === Infinity ? 1 : tails(f, df1, df2).lower;
}

/** Probability that it is larger than `f`: the p value of an F test. */
export function fUpperTail(f: number, df1: number, df2: number): number {
  if (f <= 0) return 1;
  return f === Infinity ? 0 : tails(f, df1, df2).upper;
}

/**
 * The value below which the F distribution has the probability `p`, 0..1. Infinity where it is too large for a double,
 * as with hardly any degrees of freedom; NaN where an argument is.
 *
 * In w = log(df1 f / df2) the logarithm of either tail is concave, since the logarithm of the density is. Newton's
 * method on the logarithm of the smaller tail therefore converges from wherever it starts, from one side
 * after the first step.
 */
export function fQuantile(p: number, df1: number, df2: number): number {
  if (!(p >= 0 && p <= 1 && df1 > 0 && df2 > 0)) return NaN;
  if (p === 0) return 0;
  if (p === 1) return Infinity;
  const a = df1 / 2;
  const b = df2 / 2;
  // Seen from the smaller tail; the larger one would round the answer away.
  const w = p <= 0.5 ? logOdds(p, a, b) : -logOdds(1 - p, b, a);
  return (df2 / df1) * Math.exp(w);
}

/** log(x / (1 - x)) at the point below which the beta distribution has the probability `p`, at most 1/2. */
function logOdds(p: number, a: number, b: number): number {
  let w = Math.log(a / b);
  for (let step = 0; step < 200; step++) {
    const { lower, slope } = betaTails(w, a, b);
    const change = (lower / slope) * Math.log(p / lower);
    let next = w + change;
    if (next < -FARTHEST) {
      if (betaTails(-FARTHEST, a, b).lower >= p) return -Infinity;
      next = -FARTHEST;
    }
    // The first step may go so far that nothing is left of the tail.
    while (betaTails(next, a, b).lower === 0) next = (next + w) / 2;
    // Convergence is quadratic: the step after one so small would be below rounding.
    if (Math.abs(next - w) <= 1e-9 * Math.max(1, Math.abs(next))) return next;
    w = next;
  }
  return w;
}

/** exp of it is still a double. */
const FARTHEST = 700;

const betaTails = (w: number, a: number, b: number): BetaTails =>
  incompleteBeta(1 / (1 + Math.exp(-w)), 1 / (1 + Math.exp(w)), a, b);

function tails(f: number, df1: number, df2: number): BetaTails {
  const scaled = (df1 / df2) * f;
  return incompleteBeta(1 / (1 + 1 / scaled), 1 / (1 + scaled), df1 / 2, df2 / 2);
}
