import { scaledI0 } from './bessel-i.ts';
import type { RateGrid } from './rate-grid.ts';

/** Distance of the parabolas' outer nodes from the middle one, in standard deviations of the noise. */
const REACH = 1;
/** Where the parabolas are compared with what they stand for, in the same unit. */
const CHECKED = 1.8;
/** With a smaller sum over the signals of their distances there, parabolas are good everywhere. */
const GOOD = 0.05;
/** With a smaller one they are good enough for what is `EDGE` below the peak: 5 % of the mass of a three-dimensional Gaussian. */
const ROUGH = 1.5;
const EDGE = 4;
/** Fewest standard deviations of S0 between 0 and its best value: below it, that S0 is not negative matters. */
const FROM_ZERO = 5;
/** Lower limit of the curvature of the log-likelihood in S0, relative to that under Gaussian noise. */
const LEAST_CURVATURE = 0.2;

/**
 * The logarithm of the ratio of the likelihoods under Rician and under Gaussian noise as `RicianFactor` defines it, near the most
 * likely decay: the term of each signal, the logarithm of exp(-z) I0(z), is the parabola in its noiseless value A through
 * three points about that decay. It varies slowly, as log(A) / 2 far above the noise, over the width that the
 * posterior leaves to A. The sum over the signals is then a parabola in S0 whose coefficients are quadratic in f, and its average
 * over S0 a closed form: inner products take the place of Bessel functions.
 */
export class RicianParabolas {
  /** Mean of S0 after `over`. */
  S0 = 0;
  /** After `over`: the curvature of the log-likelihood in S0, relative to that under Gaussian noise. */
  curvature = 1;
  /**
   * After `expand`: where the log-likelihood is at least this much below its peak, parabolas are good enough; 0 if everywhere,
   * `Infinity` if nowhere.
   */
  from = Infinity;

  readonly #averages: Float64Array;
  /** Coefficients of A and A² per signal, the sum of those of 1, and the variance of the noise. */
  readonly #linear: Float64Array;
  readonly #quadratic: Float64Array;
  #constant = 0;
  #variance = 0;
  /** Sums over the signals of the pair of decays u and v: of coefficients times u, v, u², uv and v². */
  #u = 0;
  #v = 0;
  #uu = 0;
  #uv = 0;
  #vv = 0;

  /** @param averages measurements per signal */
  constructor(averages: Float64Array) {
    this.#averages = averages;
    this.#linear = new Float64Array(averages.length);
    this.#quadratic = new Float64Array(averages.length);
  }

  /**
   * Finds the parabolas of a voxel.
   * @param x its signals, times the roots of their numbers of measurements as decays of the grid are
   * @param variance of one measurement
   * @param S0,decay the noiseless signals about which to expand are S0 times this decay
   */
  expand(x: Float64Array, variance: number, S0: number, decay: Float64Array): void {
    const sigma = Math.sqrt(variance);
    let apart = 0;
    let curvature = 0;
    let norm = 0;
    this.#constant = 0;
    this.#variance = variance;
    const step = REACH * sigma;
    for (let k = 0; k < x.length; k++) {
      const count = this.#averages[k];
      const perAmplitude = Math.max(0, x[k]) / (count * variance);
      const middle = Math.max(step, S0 * decay[k]);
      // As in `RicianFactor`, relative to the value at A = x.
      const reference = logScaledI0(perAmplitude * x[k]);
      const here = count * (logScaledI0(perAmplitude * middle) - reference);
      const above = count * (logScaledI0(perAmplitude * (middle + step)) - reference);
      const below = count * (logScaledI0(perAmplitude * (middle - step)) - reference);
      const slope = (above - below) / (2 * step);
      const bend = (above - 2 * here + below) / (2 * step * step);
      this.#quadratic[k] = bend;
      this.#linear[k] = slope - 2 * bend * middle;
      this.#constant += here - middle * (slope - bend * middle);
      for (let side = -1; side <= 1; side += 2) {
        const away = side * CHECKED * sigma;
        if (middle + away < 0) continue;
        const known = count * (logScaledI0(perAmplitude * (middle + away)) - reference);
        apart += Math.abs(known - here - away * (slope + away * bend));
      }
      curvature += bend * decay[k] * decay[k];
      norm += decay[k] * decay[k];
    }
    const positive = S0 * S0 * norm > FROM_ZERO * FROM_ZERO * variance;
    const peaked = 1 - (2 * curvature * variance) / norm > 2 * LEAST_CURVATURE;
    if (!positive || !peaked || !(apart < ROUGH)) this.from = Infinity;
    else this.from = apart < GOOD ? 0 : EDGE;
  }

  /** Sets the pair of decays: the grid's i-th Dp and j-th D. */
  pair({ u, v }: RateGrid, i: number, j: number): void {
    const linear = this.#linear;
    const quadratic = this.#quadratic;
    const width = linear.length;
    let alongU = 0;
    let alongV = 0;
    let uu = 0;
    let uv = 0;
    let vv = 0;
    for (let k = 0; k < width; k++) {
      const ofU = u[i * width + k];
      const ofV = v[j * width + k];
      const bendU = quadratic[k] * ofU;
      alongU += linear[k] * ofU;
      alongV += linear[k] * ofV;
      uu += bendU * ofU;
      uv += bendU * ofV;
      vv += quadratic[k] * ofV * ofV;
    }
    this.#u = alongU;
    this.#v = alongV;
    this.#uu = uu;
    this.#uv = uv;
    this.#vv = vv;
  }

  /**
   * The logarithm of the root of `curvature` times the factor of f u + (1 - f) v, averaged over the normal distribution that S0
   * has under Gaussian noise.
   *
   * @param best S0 of the largest Gaussian likelihood
   * @param norm squared length of the decay
   */
  over(f: number, best: number, norm: number): number {
    const g = 1 - f;
    const linear = f * this.#u + g * this.#v;
    const quadratic = f * (f * this.#uu + 2 * g * this.#uv) + g * g * this.#vv;
    const spread = this.#variance / norm;
    const curvature = Math.max(LEAST_CURVATURE, 1 - 2 * quadratic * spread);
    this.curvature = curvature;
    this.S0 = (best + linear * spread) / curvature;
    return this.#constant + (best * (linear + quadratic * best) + 0.5 * linear * linear * spread) / curvature;
  }

  /** The logarithm of the factor at one S0. */
  at(f: number, S0: number): number {
    const g = 1 - f;
    const linear = f * this.#u + g * this.#v;
    const quadratic = f * (f * this.#uu + 2 * g * this.#uv) + g * g * this.#vv;
    return this.#constant + S0 * (linear + quadratic * S0);
  }
}

/** log(exp(-z) I0(z)), 0 for negative z. */
function logScaledI0(z: number): number {
  return Math.log(scaledI0(Math.max(0, z)));
}
