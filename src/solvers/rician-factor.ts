import { scaledI0 } from './bessel-i.ts';
import type { RateGrid } from './rate-grid.ts';

/** Gauss-Hermite rule of three nodes, in standard deviations of S0: exact for polynomials of the fifth degree. */
const NODES = [-Math.sqrt(3), 0, Math.sqrt(3)];
const WEIGHTS = [1 / 6, 2 / 3, 1 / 6];

/**
 * The ratio of the likelihoods of a decay under Rician and under Gaussian noise of the same sigma, up to a factor that is the
 * same for all decays of a voxel. With A the noiseless and x the measured signal, the ratio of the two densities is sqrt(2 pi)
 * x / sigma times exp(-z) I0(z), z = x A / sigma² (Gudbjartsson and Patz 1995, eq. 1). Under Gaussian noise, S0 has a normal
 * distribution about its best value; the product of the ratios over the signals, which varies slowly over its width, is
 * averaged over that distribution by quadrature.
 */
export class RicianFactor {
  /** Mean of S0 for the last decay evaluated. */
  S0 = 0;

  /** x / sigma² and the factor at A = x, by which the others are divided so that products neither vanish nor overflow. */
  readonly #perVariance: Float64Array;
  readonly #perReference: Float64Array;
  readonly #decay: Float64Array;
  #sigma = 0;

  constructor(signals: number) {
    this.#perVariance = new Float64Array(signals);
    this.#perReference = new Float64Array(signals);
    this.#decay = new Float64Array(signals);
  }

  /** Sets the voxel whose signals start at `offset`. */
  measure(values: Float64Array, offset: number, variance: number): void {
    this.#sigma = Math.sqrt(variance);
    for (let k = 0; k < this.#decay.length; k++) {
      // Magnitudes are not negative; any negative values have another origin and count as 0.
      const x = Math.max(0, values[offset + k]);
      this.#perVariance[k] = x / variance;
      this.#perReference[k] = 1 / scaledI0((x * x) / variance);
    }
  }

  /**
   * The factor of f u + (1 - f) v, u and v being the decays of the grid's i-th Dp and j-th D.
   *
   * @param best S0 of the largest Gaussian likelihood
   * @param norm squared length of the decay
   */
  over(grid: RateGrid, i: number, j: number, f: number, best: number, norm: number): number {
    const { u, v } = grid;
    const decay = this.#decay;
    const width = decay.length;
    for (let k = 0; k < width; k++) decay[k] = f * u[i * width + k] + (1 - f) * v[j * width + k];
    const spread = this.#sigma / Math.sqrt(norm);
    let sum = 0;
    let first = 0;
    for (let h = 0; h < NODES.length; h++) {
      const S0 = best + NODES[h] * spread;
      if (S0 <= 0) continue;
      let product = WEIGHTS[h];
      for (let k = 0; k < width; k++)
        product *= scaledI0(this.#perVariance[k] * S0 * decay[k]) * this.#perReference[k];
      sum += product;
      first += product * S0;
    }
    this.S0 = sum > 0 ? first / sum : 0;
    return sum;
  }
}
