import { FAR_FROM, farSeries, scaledI0 } from './bessel-i.ts';
import type { RateGrid } from './rate-grid.ts';

/** Gauss-Hermite rule of two nodes, in standard deviations of S0: exact for polynomials of the third degree. */
const NODES = [-1, 1];
const WEIGHTS = [1 / 2, 1 / 2];

/**
 * The ratio of the likelihoods of a decay under Rician and under Gaussian noise of the same sigma, up to a factor that is the
 * same for all decays of a voxel. With A the noiseless and x the measured signal, the ratio of the two densities is sqrt(2 pi)
 * x / sigma times exp(-z) I0(z), z = x A / sigma² (Gudbjartsson and Patz 1995, eq. 1). Under Gaussian noise, S0 has a normal
 * distribution about its best value; the product of the ratios over the signals, which varies slowly over its width, is
 * averaged over that distribution by quadrature. A mean of r magnitudes counts as r magnitudes of its value.
 */
export class RicianFactor {
  /** Mean of S0 for the last decay evaluated. */
  S0 = 0;

  /** How many measurements each signal is the mean of, and whether any is the mean of several. */
  readonly #averages: Float64Array;
  readonly #averaged: boolean;
  /** Times the amplitude and a decay of the grid, the argument z of the Bessel function. */
  readonly #perAmplitude: Float64Array;
  /**
   * What the Bessel function is divided by, its value at A = x, so that products neither vanish nor overflow; for large z, where
   * its root of z is taken once for all signals, without that root; and one over z at A = x.
   */
  readonly #perReference: Float64Array;
  readonly #perFarReference: Float64Array;
  readonly #perReferenceZ: Float64Array;
  readonly #decay: Float64Array;
  #sigma = 0;

  /** @param averages measurements per signal */
  constructor(averages: Float64Array) {
    this.#averages = averages;
    this.#averaged = averages.some((count) => count !== 1);
    this.#perAmplitude = new Float64Array(averages.length);
    this.#perReference = new Float64Array(averages.length);
    this.#perFarReference = new Float64Array(averages.length);
    this.#perReferenceZ = new Float64Array(averages.length);
    this.#decay = new Float64Array(averages.length);
  }

  /**
   * Sets the voxel.
   * @param x its signals times the roots of their numbers of measurements, as decays of the grid are
   * @param variance of one measurement
   */
  measure(x: Float64Array, variance: number): void {
    this.#sigma = Math.sqrt(variance);
    for (let k = 0; k < x.length; k++) {
      const count = this.#averages[k];
      // Magnitudes are not negative; any negative values have another origin and count as 0.
      const weighted = Math.max(0, x[k]);
      const z = (weighted * weighted) / (count * variance);
      const reference = scaledI0(z);
      this.#perAmplitude[k] = weighted / (count * variance);
      this.#perReference[k] = 1 / reference;
      this.#perFarReference[k] = 1 / (reference * Math.sqrt(z));
      this.#perReferenceZ[k] = 1 / z;
    }
  }

  /**
   * The factor of f u + (1 - f) v, u and v being the decays of the grid's i-th Dp and j-th D, averaged over S0.
   *
   * @param best S0 of the largest Gaussian likelihood
   * @param norm squared length of the decay
   */
  over(grid: RateGrid, i: number, j: number, f: number, best: number, norm: number): number {
    this.#mix(grid, i, j, f);
    const spread = this.#sigma / Math.sqrt(norm);
    let sum = 0;
    let first = 0;
    for (let h = 0; h < NODES.length; h++) {
      const S0 = best + NODES[h] * spread;
      if (S0 <= 0) continue;
      const product = WEIGHTS[h] * this.#product(S0);
      sum += product;
      first += product * S0;
    }
    this.S0 = sum > 0 ? first / sum : 0;
    return sum;
  }

  /** The factor at one S0. */
  at(grid: RateGrid, i: number, j: number, f: number, S0: number): number {
    this.#mix(grid, i, j, f);
    return this.#product(S0);
  }

  #mix({ u, v }: RateGrid, i: number, j: number, f: number): void {
    const decay = this.#decay;
    const width = decay.length;
    for (let k = 0; k < width; k++) decay[k] = f * u[i * width + k] + (1 - f) * v[j * width + k];
  }

  #product(S0: number): number {
    if (this.#averaged) return this.#productOfMeans(S0);
    const decay = this.#decay;
    let product = 1;
    let zs = 1;
    for (let k = 0; k < decay.length; k++) {
      const z = this.#perAmplitude[k] * S0 * decay[k];
      if (z < FAR_FROM) product *= scaledI0(z) * this.#perReference[k];
      else {
        product *= farSeries(z) * this.#perFarReference[k];
        zs *= z * this.#perReferenceZ[k];
      }
    }
    return product / Math.sqrt(zs);
  }

  #productOfMeans(S0: number): number {
    const decay = this.#decay;
    let product = 1;
    for (let k = 0; k < decay.length; k++) {
      const ratio = scaledI0(this.#perAmplitude[k] * S0 * decay[k]) * this.#perReference[k];
      const count = this.#averages[k];
      product *= count === 1 ? ratio : ratio ** count;
    }
    return product;
  }
}
