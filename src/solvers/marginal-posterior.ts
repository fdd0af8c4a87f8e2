import { expOfMinus } from './exponential.ts';
import type { Lognormal } from './prior-densities.ts';
import type { ParameterBounds } from './bounds.ts';

/** Prior of the rates inside their bounds: flat, or lognormal. f is flat inside its own. */
export type RatePriors = 'uniform' | { readonly D: Lognormal; readonly Dp: Lognormal };

/** Misfit below this share of the signals' sum of squares is rounding. */
const ROUNDING = 1e-10;

/**
 * Logarithm of the posterior of (D, f, Dp) of a bi-exponential decay, up to a constant, with S0 and the noise level unknown:
 *
 *     log p(D, f, Dp | y) = log prior - log(s's) / 2 - (n - 1) / 2 log Q,  Q = y'y - (s'y)² / s's
 *
 * with s the decay at S0 = 1 and y the n signals. Noise is Gaussian; S0 is integrated out under a flat prior, and sigma
 * under Jeffreys' prior 1 / sigma, which leaves a Student distribution (Bretthorst, Bayesian Spectrum Analysis and
 * Parameter Estimation, 1988; Neil and Bretthorst, Magn Reson Med 1993;29:642).
 */
export class MarginalPosterior {
  /** The best S0 at the last point evaluated, which is also its mean there. */
  S0 = 0;
  readonly #b: Float64Array;
  readonly #y: Float64Array;
  readonly #decay: Float64Array;
  readonly #bounds: ParameterBounds;
  readonly #priors: RatePriors;
  #least = 0;

  /** @param b b-values in s/mm², b=0 among them */
  constructor(b: Float64Array, bounds: ParameterBounds, priors: RatePriors) {
    this.#b = b;
    this.#y = new Float64Array(b.length);
    this.#decay = new Float64Array(b.length);
    this.#bounds = bounds;
    this.#priors = priors;
  }

  /** Copies the signals of a voxel that start at `offset`. */
  measure(values: Float64Array, offset: number): void {
    const y = this.#y;
    let sum = 0;
    for (let k = 0; k < y.length; k++) {
      y[k] = values[offset + k];
      sum += y[k] * y[k];
    }
    this.#least = ROUNDING * sum;
  }

  /** -Infinity outside the bounds, where Dp < D, and where only a negative S0 fits. */
  log(D: number, f: number, Dp: number): number {
    const bounds = this.#bounds;
    if (!(D >= bounds.D[0] && D <= bounds.D[1] && f >= bounds.f[0] && f <= bounds.f[1])) return -Infinity;
    if (!(Dp >= bounds.Dp[0] && Dp <= bounds.Dp[1] && Dp >= D)) return -Infinity;
    const b = this.#b;
    const y = this.#y;
    const decay = this.#decay;
    let along = 0;
    let square = 0;
    for (let k = 0; k < b.length; k++) {
      const s = f * expOfMinus(b[k] * Dp) + (1 - f) * expOfMinus(b[k] * D);
      decay[k] = s;
      along += s * y[k];
      square += s * s;
    }
    if (!(along > 0)) return -Infinity;
    const S0 = along / square;
    let left = this.#least;
    for (let k = 0; k < b.length; k++) {
      const r = y[k] - S0 * decay[k];
      left += r * r;
    }
    this.S0 = S0;
    return this.#logPrior(D, Dp) - 0.5 * Math.log(square) - 0.5 * (b.length - 1) * Math.log(left);
  }

  #logPrior(D: number, Dp: number): number {
    const priors = this.#priors;
    if (priors === 'uniform') return 0;
    return logDensity(D, priors.D) + logDensity(Dp, priors.Dp);
  }
}

/** Lognormal, up to a constant. */
function logDensity(x: number, { median, sigma }: Lognormal): number {
  if (!(x > 0)) return -Infinity;
  const t = Math.log(x / median) / sigma;
  return -0.5 * t * t - Math.log(x);
}
