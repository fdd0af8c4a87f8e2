import type { DenseWeights } from '../../nets/engine.ts';

/** An input counts as constant if its variance is below this fraction of its squared mean, which is rounding. */
const CONSTANT = 1e-12;
/** Fraction by which the covariance's diagonal is raised, so that linearly dependent inputs do not blow up. */
const RIDGE = 1e-7;

/**
 * A linear map that gives inputs mean 0, variance 1 and no correlation: the inverse of the covariance's Cholesky factor.
 * Principal components would give the same up to a rotation, to which a network with random weights is indifferent.
 */
export class Whitening {
  readonly #mean: Float64Array;
  /** width x width, row-major, lower triangle: [out][in]. */
  readonly #matrix: Float64Array;

  /** @param rows n x width, row-major, a sample */
  constructor(rows: Float64Array, width: number) {
    this.#mean = meansOf(rows, width);
    this.#matrix = inverseFactor(covarianceOf(rows, width, this.#mean), width);
  }

  /** Writes the whitened row `from[0…]` to `to[at…]`. */
  apply(from: Float64Array, to: Float32Array, at: number): void {
    const mean = this.#mean;
    const matrix = this.#matrix;
    const width = mean.length;
    for (let i = 0; i < width; i++) {
      let sum = 0;
      for (let k = 0; k <= i; k++) sum += matrix[i * width + k] * (from[k] - mean[k]);
      to[at + i] = sum;
    }
  }

  /** Folds the map into the first layer: converts the weights of a network for whitened inputs to one for raw inputs. */
  intoFirstLayer([first, ...others]: DenseWeights): DenseWeights {
    const width = this.#mean.length;
    const weight = new Float32Array(first.weight.length);
    const bias = first.bias.map((value, unit) => {
      let shifted = value;
      for (let k = 0; k < width; k++) {
        let sum = 0;
        for (let i = k; i < width; i++) sum += first.weight[unit * width + i] * this.#matrix[i * width + k];
        weight[unit * width + k] = sum;
        shifted -= sum * this.#mean[k];
      }
      return shifted;
    });
    return [{ weight, bias }, ...others];
  }
}

function meansOf(rows: Float64Array, width: number): Float64Array {
  const mean = new Float64Array(width);
  for (let i = 0; i < rows.length; i++) mean[i % width] += (rows[i] * width) / rows.length;
  return mean;
}

function covarianceOf(rows: Float64Array, width: number, mean: Float64Array): Float64Array {
  const covariance = new Float64Array(width * width);
  const per = width / rows.length;
  for (let at = 0; at < rows.length; at += width) {
    for (let i = 0; i < width; i++) {
      const apart = (rows[at + i] - mean[i]) * per;
      for (let k = 0; k <= i; k++) covariance[i * width + k] += apart * (rows[at + k] - mean[k]);
    }
  }
  for (let i = 0; i < width; i++) {
    if (covariance[i * width + i] > CONSTANT * mean[i] * mean[i]) continue;
    for (let k = 0; k < width; k++) covariance[i * width + k] = covariance[k * width + i] = 0;
  }
  return covariance;
}

/** Returns the inverse of L, for a covariance L L' given by its lower triangle; a row of zeros for a constant input. */
function inverseFactor(covariance: Float64Array, width: number): Float64Array {
  const L = covariance.slice();
  const inverse = new Float64Array(width * width);
  for (let i = 0; i < width; i++) {
    const variance = covariance[i * width + i] * (1 + RIDGE);
    for (let j = 0; j <= i; j++) {
      let sum = i === j ? variance : covariance[i * width + j];
      for (let k = 0; k < j; k++) sum -= L[i * width + k] * L[j * width + k];
      if (i === j) L[i * width + i] = Math.sqrt(Math.max(sum, RIDGE * variance));
      else L[i * width + j] = L[j * width + j] > 0 ? sum / L[j * width + j] : 0;
    }
    const pivot = L[i * width + i];
    if (!(pivot > 0)) continue;
    inverse[i * width + i] = 1 / pivot;
    for (let k = 0; k < i; k++) {
      let sum = 0;
      for (let j = k; j < i; j++) sum += L[i * width + j] * inverse[j * width + k];
      inverse[i * width + k] = -sum / pivot;
    }
  }
  return inverse;
}
