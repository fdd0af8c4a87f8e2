import type { Parameters } from '../contracts/voxels.ts';
import { expOfMinus } from './exponential.ts';
import { digamma, logGamma, trigamma } from './gamma-functions.ts';

/** Smallest variance that is fitted, relative to mean (1 - mean), the largest one for that mean. */
const leastSpread = 1e-10;

/** A beta density on 0..1. */
interface Beta {
  readonly a: number;
  readonly b: number;
}

/**
 * Fits a beta density with a >= `least` and b >= `least` to values strictly inside 0..1 by maximum likelihood. With
 * `least` 1 the density is bounded. The likelihood depends on the values only through the means of log x and log(1 - x), and
 * its maximum solves
 *
 *     digamma(a) - digamma(a + b) = mean of log x
 *     digamma(b) - digamma(a + b) = mean of log(1 - x)
 *
 * (Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 2, 1995, ch. 25). It is concave in (a, b), so Newton's
 * method from the estimate by moments, with steps halved where they would shrink a or b to less than a fifth, converges to
 * the only maximum. If that lies below `least`, the constrained maximum is on an edge.
 *
 * @param least 0, or 1
 * @throws RangeError if the values are nearly equal, which leaves no maximum
 */
export function fitBeta(values: Float64Array, least: 0 | 1 = 0): Beta {
  const n = values.length;
  let sum = 0;
  let logs = 0;
  let logsOfRest = 0;
  for (let i = 0; i < n; i++) {
    sum += values[i];
    logs += Math.log(values[i]);
    logsOfRest += Math.log1p(-values[i]);
  }
  const mean = sum / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (values[i] - mean) ** 2;
  const variance = squares / n;
  // With less spread a and b would be so large that their difference is lost in rounding.
  if (!(variance > leastSpread * mean * (1 - mean))) {
    throw new RangeError('a beta density needs different values inside 0..1');
  }
  const best = maximise(logs / n, logsOfRest / n, mean, variance);
  return best.a < least || best.b < least ? bestOnEdge(logs / n, logsOfRest / n) : best;
}

/** Returns the maximum on the edges a = 1 and b = 1, where the densities are b (1 - x)^(b - 1) and a x^(a - 1). */
function bestOnEdge(meanLog: number, meanLogOfRest: number): Beta {
  const a = Math.max(1, -1 / meanLog);
  const b = Math.max(1, -1 / meanLogOfRest);
  const withA = Math.log(a) + (a - 1) * meanLog;
  const withB = Math.log(b) + (b - 1) * meanLogOfRest;
  return withA > withB ? { a, b: 1 } : { a: 1, b };
}

function maximise(meanLog: number, meanLogOfRest: number, mean: number, variance: number): Beta {
  const total = Math.max(1e-3, (mean * (1 - mean)) / variance - 1);
  let a = mean * total;
  let b = (1 - mean) * total;
  for (let step = 0; step < 200; step++) {
    const both = digamma(a + b);
    const slopeA = both - digamma(a) + meanLog;
    const slopeB = both - digamma(b) + meanLogOfRest;
    // Minus the Hessian, which is positive definite.
    const shared = -trigamma(a + b);
    const curveA = trigamma(a) + shared;
    const curveB = trigamma(b) + shared;
    const determinant = curveA * curveB - shared * shared;
    let stepA = (curveB * slopeA - shared * slopeB) / determinant;
    let stepB = (curveA * slopeB - shared * slopeA) / determinant;
    while (a + stepA < 0.2 * a || b + stepB < 0.2 * b) {
      stepA /= 2;
      stepB /= 2;
    }
    a += stepA;
    b += stepB;
    if (Math.abs(stepA) <= 1e-14 * a && Math.abs(stepB) <= 1e-14 * b) break;
  }
  return { a, b };
}

/** A lognormal density with location 0: the logarithm is normal around log(median) with standard deviation sigma. */
export interface Lognormal {
  readonly median: number;
  readonly sigma: number;
}

/**
 * Maximum-likelihood lognormal of positive values, location 0: the mean and the population standard deviation of
 * their logarithms. NaN for an empty sample.
 */
export function fitLognormal(values: Float64Array): Lognormal {
  const n = values.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += Math.log(values[i]);
  const mean = sum / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (Math.log(values[i]) - mean) ** 2;
  return { median: Math.exp(mean), sigma: Math.sqrt(squares / n) };
}

/** The study's prior: lognormal densities of the rates (location 0, mm²/s) and a beta density of the fraction. */
export interface PriorDensities {
  readonly Dp: Lognormal;
  readonly D: Lognormal;
  readonly f: Beta;
}

/** The study adds this to each density, so that its logarithm is bounded from below. */
const floor = 1e-8;
const depth = -Math.log(floor);
/** Below this ratio of floor to density, two terms of the series of log(1 + ratio) are exact to 1e-15. */
const slight = 1e-5;
const deep = -Math.log(slight);

/**
 * -log(density + 1e-8) of one parameter, with its first two derivatives by the coordinate in which the logarithm of the
 * density is close to a quadratic polynomial: the log of a rate, the logit of the fraction. The density is that of the
 * parameter, not of the coordinate.
 */
export class PriorTerm {
  value = 0;
  slope = 0;
  curvature = 0;
  /** Ratio of the floor to the density. If it is not small relative to 1, the gradient of the prior is reduced. */
  share = 0;

  /** @param L logarithm of the density, with its first two derivatives by the coordinate */
  protected set(L: number, slope: number, curvature: number): void {
    const height = L + depth;
    if (height > deep) {
      // To 1e-15: log(1 + share) is share - share²/2, and 1 / (1 + share) is 1 - share + share².
      const share = expOfMinus(height);
      const lost = share * (1 - share);
      this.share = share;
      this.value = share * (0.5 * share - 1) - L;
      this.slope = (lost - 1) * slope;
      this.curvature = (lost - 1) * (curvature + lost * slope * slope);
      return;
    }
    const share = Math.exp(-height);
    const weight = 1 / (1 + share);
    this.share = share;
    this.value = -Math.log(Math.exp(L) + floor);
    this.slope = -weight * slope;
    this.curvature = -weight * (curvature + (1 - weight) * slope * slope);
  }
}

/** Lognormal density of a rate, at the rate's logarithm. */
export class LognormalTerm extends PriorTerm {
  readonly #mean: number;
  readonly #precision: number;
  readonly #norm: number;

  constructor({ median, sigma }: Lognormal) {
    super();
    this.#mean = Math.log(median);
    this.#precision = 1 / (sigma * sigma);
    this.#norm = -Math.log(sigma * Math.sqrt(2 * Math.PI));
  }

  at(logRate: number): void {
    const away = logRate - this.#mean;
    const pull = away * this.#precision;
    this.set(this.#norm - logRate - 0.5 * away * pull, -1 - pull, -this.#precision);
  }
}

/** Beta density of a fraction f at z = logit f. */
export class BetaTerm extends PriorTerm {
  readonly #a: number;
  readonly #b: number;
  readonly #norm: number;

  constructor({ a, b }: Beta) {
    super();
    this.#a = a - 1;
    this.#b = b - 1;
    this.#norm = logGamma(a + b) - logGamma(a) - logGamma(b);
  }

  /**
   * @param f the fraction at z
   * @param rest 1 - f, a parameter of its own because the difference loses digits if f is near 1
   */
  at(z: number, f: number, rest: number): void {
    const a = this.#a;
    const b = this.#b;
    // log f = log(1 - f) + z, so the logarithm of the larger of f and 1 - f is enough; it is between -log 2 and 0.
    const L = z > 0 ? (a + b) * Math.log(f) - b * z : (a + b) * Math.log(rest) + a * z;
    this.set(this.#norm + L, a * rest - b * f, -(a + b) * f * rest);
  }
}

/** Estimates this close to 0 or 1 reflect the bounds rather than the tissue (Barbieri 2020's code). */
const margin = 1e-8;

export interface FittedPrior {
  readonly prior: PriorDensities;
  /** Number of voxels the densities were fitted to, and of all voxels. */
  readonly used: number;
  readonly of: number;
}

/**
 * Fits the study's empirical prior: lognormal densities of Dp and D and a beta density of f, by maximum likelihood over
 * the voxels whose three estimates all lie strictly inside 1e-8..1 - 1e-8. The beta density is bounded (a, b >= 1), since
 * the posterior would have no maximum otherwise.
 *
 * @throws RangeError with fewer than three such voxels, or if their estimates are nearly equal
 */
export function fitPrior({ n, Dp, D, f }: Parameters): FittedPrior {
  const inside = (value: number) => value > margin && value < 1 - margin;
  const chosen = Uint32Array.from({ length: n }, (_, i) => i).filter(
    (i) => inside(Dp[i]) && inside(D[i]) && inside(f[i]),
  );
  const column = (values: Float64Array) => Float64Array.from(chosen, (i) => values[i]);
  if (chosen.length < 3) throw new RangeError(`only ${chosen.length} of ${n} voxels lie inside their bounds`);
  const prior = { Dp: fitLognormal(column(Dp)), D: fitLognormal(column(D)), f: fitBeta(column(f), 1) };
  if (!(prior.Dp.sigma > 1e-6 && prior.D.sigma > 1e-6)) throw new RangeError(`the voxels are all alike`);
  return { prior, used: chosen.length, of: n };
}
