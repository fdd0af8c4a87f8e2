import { symmetricEigen } from '../../solvers/symmetric-eigen.ts';
import { rootShares, type MeasuredAt } from './measured-at.ts';
import { FUNCTIONS } from './posterior-mode.ts';
import type { PriorGrid } from './posterior-mode.ts';

/** Directions in which tissue differs by less than this variance are far below any noise. */
const LEAST_VARIANCE = 1e-8;

/**
 * The best linear estimates of the functions of a `PriorGrid` from the signals of one protocol at any noise level
 * (linear minimum mean squared error, Kay, Estimation Theory, 1993, ch. 12). Signals are weighed by the root of their
 * share in all measurements and divided by their norm: x. With m and C the mean and covariance of x over the prior
 * without noise, c the covariance of a function with x and s the noise of x, the estimate is
 * c' (C + s² I)^-1 (x - m); in the eigenvectors of C that is a division by eigenvalue + s².
 *
 * Nothing of it depends on the order of the b-values, nor on whether one measured twice stands there once or twice.
 */
export class LinearEstimator {
  /** After `estimate`: the estimates, in units of the prior's standard deviation. */
  readonly estimates = new Float64Array(FUNCTIONS);
  /** After `estimate`: noise of a measurement over the signals' norm and the root of the number of measurements. */
  noise = 0;
  /** After `estimate`: the norm of the weighed signals. */
  norm = 0;

  readonly #shares: Float64Array;
  readonly #perNoise: number;
  /** Kept directions. */
  readonly #size: number;
  readonly #mean: Float64Array;
  readonly #variances: Float64Array;
  /** size x b-values, row-major. */
  readonly #directions: Float64Array;
  /** FUNCTIONS x size, row-major. */
  readonly #covariances: Float64Array;

  constructor(measured: MeasuredAt, grid: PriorGrid) {
    const width = measured.bValues.length;
    this.#shares = rootShares(measured);
    this.#perNoise = 1 / Math.sqrt(measured.repeats.reduce((sum, count) => sum + count));
    const { mean, covariance, crossed } = moments(measured.bValues, this.#shares, grid);
    const { values, vectors } = symmetricEigen(covariance, width);
    this.#size = values.filter((variance) => variance > LEAST_VARIANCE).length;
    this.#mean = mean;
    this.#variances = values.slice(0, this.#size);
    this.#directions = vectors.slice(0, this.#size * width);
    this.#covariances = new Float64Array(FUNCTIONS * this.#size);
    for (let c = 0; c < FUNCTIONS; c++) {
      for (let i = 0; i < this.#size; i++) {
        let sum = 0;
        for (let k = 0; k < width; k++) sum += crossed[c * width + k] * this.#directions[i * width + k];
        this.#covariances[c * this.#size + i] = sum;
      }
    }
  }

  /**
   * Estimates from the voxel whose signals start at `offset`.
   * @param sigma noise of one measurement per quadrature channel, in the unit of the signals
   */
  estimate(values: Float64Array, offset: number, sigma: number): void {
    const shares = this.#shares;
    const width = shares.length;
    let square = 0;
    for (let k = 0; k < width; k++) square += (shares[k] * values[offset + k]) ** 2;
    this.norm = Math.sqrt(square);
    const perNorm = 1 / this.norm;
    this.noise = sigma * perNorm * this.#perNoise;
    const variance = this.noise * this.noise;
    const estimates = this.estimates.fill(0);
    for (let i = 0; i < this.#size; i++) {
      let along = 0;
      for (let k = 0; k < width; k++) {
        along += this.#directions[i * width + k] * (shares[k] * values[offset + k] * perNorm - this.#mean[k]);
      }
      along /= this.#variances[i] + variance;
      for (let c = 0; c < FUNCTIONS; c++) estimates[c] += this.#covariances[c * this.#size + i] * along;
    }
  }

  /** Mean squared error of the estimate of function `c` at a noise, as a part of the function's variance. */
  errorAt(c: number, noise: number): number {
    let left = 1;
    for (let i = 0; i < this.#size; i++) {
      left -= this.#covariances[c * this.#size + i] ** 2 / (this.#variances[i] + noise * noise);
    }
    return left;
  }
}

/** Mean and covariance of the normalised signals over the prior, and their covariances with its functions. */
function moments(bValues: Float64Array, shares: Float64Array, { D, f, Dp, weights, functions }: PriorGrid) {
  const width = bValues.length;
  const mean = new Float64Array(width);
  const covariance = new Float64Array(width * width);
  const crossed = new Float64Array(FUNCTIONS * width);
  const slow = decays(bValues, shares, D.values);
  const fast = decays(bValues, shares, Dp.values);
  const x = new Float64Array(width);
  let at = 0;
  for (let i = 0; i < D.values.length; i++) {
    for (let j = 0; j < f.values.length; j++) {
      for (let l = 0; l < Dp.values.length; l++, at++) {
        let square = 0;
        for (let k = 0; k < width; k++) {
          x[k] = f.values[j] * fast[l * width + k] + (1 - f.values[j]) * slow[i * width + k];
          square += x[k] * x[k];
        }
        const perNorm = 1 / Math.sqrt(square);
        for (let k = 0; k < width; k++) {
          x[k] *= perNorm;
          mean[k] += weights[at] * x[k];
          for (let m = 0; m <= k; m++) covariance[k * width + m] += weights[at] * x[k] * x[m];
        }
        for (let c = 0; c < FUNCTIONS; c++) {
          const weight = weights[at] * functions[at * FUNCTIONS + c];
          for (let k = 0; k < width; k++) crossed[c * width + k] += weight * x[k];
        }
      }
    }
  }
  for (let k = 0; k < width; k++) {
    for (let m = 0; m <= k; m++) {
      const value = covariance[k * width + m] - mean[k] * mean[m];
      covariance[k * width + m] = covariance[m * width + k] = value;
    }
  }
  return { mean, covariance, crossed };
}

/** rates x b-values: exp(-b rate) times the root of the b-value's share. */
function decays(bValues: Float64Array, shares: Float64Array, rates: Float64Array): Float64Array {
  const width = bValues.length;
  return Float64Array.from(
    { length: rates.length * width },
    (_, at) => shares[at % width] * Math.exp(-bValues[at % width] * rates[Math.floor(at / width)]),
  );
}
