/**
 * The error of Stirling's formula for log Gamma: log Gamma(x) = (x - 1/2) log x - x + log(2 pi) / 2 + stirlingError(x), for x >
 * 0. Asymptotic series for x >= 10 (DLMF 5.11.1), below it the recurrence implied by Gamma(x + 1) = x Gamma(x). It is small, so
 * that ratios of large Gamma functions keep their digits (Loader 2000).
 */
function stirlingError(x: number): number {
  let y = x;
  let sum = 0;
  for (; y < 10; y++) sum += (y + 0.5) * Math.log1p(1 / y) - 1;
  const s = 1 / (y * y);
  const series =
    1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s * (1 / 1188 - (s * 691) / 360360))));
  return sum + series / y;
}

/** The two tails of a beta distribution at a point; they add up to 1, and either may be tiny. */
interface BetaTails {
  readonly lower: number;
  readonly upper: number;
  /** x^a (1 - x)^b / B(a, b), the derivative of `lower` by log(x / (1 - x)). */
  readonly slope: number;
}

/**
 * Computes the regularised incomplete beta function I_x(a, b) and its complement, for real a and b > 0. Continued fraction of
 * DLMF 8.17.22 on the side of the mean where it converges fast, evaluated by Lentz's method. Relative error of either tail
 * below 1e-12 if it is at least 1e-200.
 *
 * @param x 0..1
 * @param y 1 - x, a separate argument because neither may lose digits in a subtraction
 */
function incompleteBeta(x: number, y: number, a: number, b: number): BetaTails {
  const slope = weight(x, y, a, b);
  if (x * (a + b + 2) < a + 1) {
    const lower = (slope / a) * continuedFraction(x, a, b);
    return { lower, upper: 1 - lower, slope };
  }
  const upper = (slope / b) * continuedFraction(y, b, a);
  return { lower: 1 - upper, upper, slope };
}

/**
 * x^a y^b / B(a, b), with its large factors combined (Loader, Fast and accurate computation of binomial probabilities, 2000).
 */
function weight(x: number, y: number, a: number, b: number): number {
  const total = a + b;
  const fromMean = x * b - y * a;
  const exponent = a * logRatio(x * total, a, fromMean) + b * logRatio(y * total, b, -fromMean);
  const corrections = stirlingError(total) - stirlingError(a) - stirlingError(b);
  return Math.sqrt((a / total) * (b / (2 * Math.PI))) * Math.exp(exponent + corrections);
}

/** log(value / expected), computed from their difference if they are close. */
function logRatio(value: number, expected: number, difference: number): number {
  return Math.abs(difference) < expected / 2 ? Math.log1p(difference / expected) : Math.log(value / expected);
}

/** Enough for a and b of 10^7: near the mean, the number of terms is about the square root of the larger one. */
const MOST_TERMS = 20_000;

function continuedFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / orTiny(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m <= MOST_TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / orTiny(1 + even * d);
    c = orTiny(1 + even / c);
    value *= c * d;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / orTiny(1 + odd * d);
    c = orTiny(1 + odd / c);
    const change = c * d;
    value *= change;
    if (Math.abs(change - 1) < 1e-16) break;
  }
  return value;
}

/** Replaces a zero denominator of the continued fraction by a tiny number. */
const orTiny = (value: number): number => (value === 0 ? 1e-300 : value);

/**
 * Returns the probability that a variable of the F distribution with `df1` and `df2` degrees of freedom (> 0, real) is at most
 * `f`. NaN if an argument is.
 */
export function fLowerTail(f: number, df1: number, df2: number): number {
  if (f <= 0) return 0;
  return f === Infinity ? 1 : tails(f, df1, df2).lower;
}

/** Returns the probability that it exceeds `f`: the p value of an F test. */
export function fUpperTail(f: number, df1: number, df2: number): number {
  if (f <= 0) return 1;
  return f === Infinity ? 0 : tails(f, df1, df2).upper;
}

/**
 * Returns the quantile of the F distribution at probability `p`, 0..1. Infinity if it exceeds a double, as with very few
 * degrees of freedom; NaN if an argument is.
 *
 * In w = log(df1 f / df2) the logarithm of either tail is concave, since the logarithm of the density is. Newton's method on
 * the logarithm of the smaller tail therefore converges from any start, and monotonically after the first step.
 */
export function fQuantile(p: number, df1: number, df2: number): number {
  if (!(p >= 0 && p <= 1 && df1 > 0 && df2 > 0)) return NaN;
  if (p === 0) return 0;
  if (p === 1) return Infinity;
  const a = df1 / 2;
  const b = df2 / 2;
  // Uses the smaller tail; the larger one would lose the result to rounding.
  const w = p <= 0.5 ? logOdds(p, a, b) : -logOdds(1 - p, b, a);
  return (df2 / df1) * Math.exp(w);
}

/** log(x / (1 - x)) at the quantile `p` of the beta distribution, for p of at most 1/2. */
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
    // The first step may go so far that the tail vanishes.
    while (betaTails(next, a, b).lower === 0) next = (next + w) / 2;
    // Convergence is quadratic: the step after one this small would be below rounding.
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

/**
 * Returns the t for which -t..t has the probability `confidence` under Student's distribution with `df` degrees of freedom: the
 * square of such a variable follows the F distribution with 1 and `df`.
 */
export function twoSidedT(confidence: number, df: number): number {
  return Math.sqrt(fQuantile(confidence, 1, df));
}
