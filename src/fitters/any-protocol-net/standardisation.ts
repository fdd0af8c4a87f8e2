import type { DenseWeights } from '../../nets/engine.ts';

/** Inputs that vary less in the sample stay unscaled: a rare voxel in which one differs would have a huge input. */
const LEAST_SD = 1e-3;

/**
 * Standardises every input to mean 0 and variance 1, which helps networks to learn. Adding principal components did not reduce
 * the loss, and took as long as the rest of a step.
 */
export class Standardisation {
  readonly #mean: Float64Array;
  readonly #perSd: Float64Array;

  /** @param rows n x width, row-major, a sample */
  constructor(rows: Float64Array, width: number) {
    const n = rows.length / width;
    this.#mean = new Float64Array(width);
    const variance = new Float64Array(width);
    for (let i = 0; i < rows.length; i++) this.#mean[i % width] += rows[i] / n;
    for (let i = 0; i < rows.length; i++) {
      variance[i % width] += (rows[i] - this.#mean[i % width]) ** 2 / n;
    }
    this.#perSd = variance.map((value) => (value > LEAST_SD ** 2 ? 1 / Math.sqrt(value) : 1));
  }

  /** Writes the row `from` to `to[at…]`. */
  apply(from: Float64Array, to: Float32Array, at: number): void {
    const mean = this.#mean;
    const perSd = this.#perSd;
    for (let a = 0; a < mean.length; a++) to[at + a] = (from[a] - mean[a]) * perSd[a];
  }

  /** Folds the map into the first layer: converts the weights of a network for standardised inputs to one for raw inputs. */
  intoFirstLayer([first, ...others]: DenseWeights): DenseWeights {
    const width = this.#mean.length;
    const weight = first.weight.map((value, i) => value * this.#perSd[i % width]);
    const bias = first.bias.map((value, unit) => {
      let shift = value;
      for (let a = 0; a < width; a++) shift -= weight[unit * width + a] * this.#mean[a];
      return shift;
    });
    return [{ weight, bias }, ...others];
  }
}
