import { scaledI0 } from '../bessel-i.ts';
import { expOfMinus } from '../exponential.ts';
import { fractionOf, LOG_D, LOG_DP, LOGIT_F } from './coordinates.ts';

/** Lower limit of sigma as a fraction of the largest signal, below which a walk would hardly move. */
const LEAST_SIGMA = 1e-4;
/** A product of Bessel functions below this is turned into its logarithm. */
const SMALL = 1e-200;

/**
 * Log-likelihood of a bi-exponential decay at a known noise level with S0 unknown, under the prior 1 / S0 of a scale. Under
 * Gaussian noise S0 is integrated out by Laplace's approximation about its best value: with s the decay at S0 = 1 and x the
 * signals,
 *
 *     log L = (x.s)² / (2 sigma² s.s) - log(s.s) / 2 - log S0,  S0 = x.s / s.s.
 *
 * The Rician likelihood multiplies it by the product of exp(-z) I0(z), z = x S0 s / sigma² (Gudbjartsson and Patz, Magn Reson
 * Med 1995;34:910), which varies slowly with S0 and is taken at its best value too. A signal that is the mean of r
 * measurements counts as r measurements of its value.
 */
export class KnownNoise {
  /** The best S0 of the last point evaluated. */
  S0 = 0;

  readonly #b: Float64Array;
  readonly #averages: Float64Array;
  readonly #perSignal: number;
  readonly #x: Float64Array;
  readonly #decay: Float64Array;
  readonly #slopes: Float64Array;
  readonly #along = new Float64Array(3);
  #variance = 1;

  /**
   * @param b b-values in s/mm²
   * @param averages measurements per signal, as `FitTask.averages`; absent: 1
   */
  constructor(b: Float64Array, averages: Float64Array = new Float64Array(b.length).fill(1)) {
    this.#b = b;
    this.#averages = averages;
    this.#perSignal = averages.subarray(1).reduce((sum, count) => sum + count, 0) / (b.length - 1);
    this.#x = new Float64Array(b.length);
    this.#decay = new Float64Array(b.length);
    this.#slopes = new Float64Array(3 * b.length);
  }

  /**
   * Sets the voxel whose signals start at `offset`.
   * @param sigma standard deviation of the noise of a mean over the average number of measurements at b-values above 0
   */
  measure(values: Float64Array, offset: number, sigma: number): void {
    let most = 0;
    for (let k = 0; k < this.#x.length; k++) {
      this.#x[k] = values[offset + k];
      most = Math.max(most, Math.abs(this.#x[k]));
    }
    const known = Math.max(sigma, LEAST_SIGMA * most);
    this.#variance = known * known * this.#perSignal;
  }

  /** The log-likelihood of the coordinates that start at `at`; -Infinity where only a negative S0 fits. */
  log(u: Float64Array, at = 0): number {
    const Dp = Math.exp(u[at + LOG_DP]);
    const D = Math.exp(u[at + LOG_D]);
    const f = fractionOf(u[at + LOGIT_F]);
    const x = this.#x;
    const decay = this.#decay;
    let xs = 0;
    let ss = 0;
    for (let k = 0; k < x.length; k++) {
      const s = f * expOfMinus(this.#b[k] * Dp) + (1 - f) * expOfMinus(this.#b[k] * D);
      decay[k] = s;
      xs += this.#averages[k] * x[k] * s;
      ss += this.#averages[k] * s * s;
    }
    if (!(xs > 0)) return -Infinity;
    const S0 = xs / ss;
    this.S0 = S0;
    return (xs * S0) / (2 * this.#variance) - 0.5 * Math.log(ss) - Math.log(S0) + this.#logOfBessel(S0);
  }

  #logOfBessel(S0: number): number {
    const perVariance = S0 / this.#variance;
    let sum = 0;
    let product = 1;
    for (let k = 0; k < this.#x.length; k++) {
      // Magnitudes are not negative; any negative values have another origin and count as 0.
      const one = scaledI0(Math.max(0, this.#x[k]) * this.#decay[k] * perVariance);
      if (this.#averages[k] !== 1) sum += this.#averages[k] * Math.log(one);
      else if ((product *= one) < SMALL) {
        sum += Math.log(product);
        product = 1;
      }
    }
    return sum + Math.log(product);
  }

  /**
   * Writes the Fisher information of the three coordinates at the last point, S0 projected out and noise taken as Gaussian, to
   * the 9 numbers of `to` from `offset` on.
   */
  information(u: Float64Array, at: number, to: Float64Array, offset: number): void {
    const n = this.#b.length;
    this.log(u, at);
    const Dp = Math.exp(u[at + LOG_DP]);
    const D = Math.exp(u[at + LOG_D]);
    const f = fractionOf(u[at + LOGIT_F]);
    const [decay, slopes] = [this.#decay, this.#slopes];
    let ss = 0;
    const along = this.#along.fill(0);
    for (let k = 0; k < n; k++) {
      const fast = expOfMinus(this.#b[k] * Dp);
      const slow = expOfMinus(this.#b[k] * D);
      slopes[3 * k + LOG_D] = -(1 - f) * this.#b[k] * D * slow;
      slopes[3 * k + LOGIT_F] = f * (1 - f) * (fast - slow);
      slopes[3 * k + LOG_DP] = -f * this.#b[k] * Dp * fast;
      ss += this.#averages[k] * decay[k] * decay[k];
      for (let c = 0; c < 3; c++) along[c] += this.#averages[k] * decay[k] * slopes[3 * k + c];
    }
    const per = (this.S0 * this.S0) / this.#variance;
    for (let r = 0; r < 3; r++) {
      for (let c = 0; c < 3; c++) {
        let sum = -(along[r] * along[c]) / ss;
        for (let k = 0; k < n; k++) sum += this.#averages[k] * slopes[3 * k + r] * slopes[3 * k + c];
        to[offset + 3 * r + c] = sum * per;
      }
    }
  }
}
