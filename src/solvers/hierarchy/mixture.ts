import { Cholesky } from '../cholesky.ts';

/** Weights, means and precisions of normal densities in three dimensions. */
export interface Mixture {
  readonly weights: Float64Array;
  /** 3 per component. */
  readonly means: Float64Array;
  /** 9 per component, row-major. */
  readonly precisions: Float64Array;
}

/** Says what keeps numbers from being a mixture; undefined if nothing does. */
export function faultOf({ weights, means, precisions }: Mixture): string | undefined {
  const kinds = weights.length;
  if (means.length !== 3 * kinds || precisions.length !== 9 * kinds)
    return `${kinds} weights need ${3 * kinds} means and ${9 * kinds} precisions, not ${means.length} and ${precisions.length}`;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (!(Math.abs(total - 1) < 1e-6)) return `the weights are ${total} in all, not 1`;
  const cholesky = new Cholesky(3);
  for (let k = 0; k < kinds; k++) {
    const matrix = precisions.subarray(9 * k, 9 * k + 9);
    const even = [1, 2, 5].every((at) => {
      const mirrored = 3 * (at % 3) + Math.floor(at / 3);
      return Math.abs(matrix[at] - matrix[mirrored]) <= 1e-9 * Math.abs(matrix[at]);
    });
    if (!even || !cholesky.factorise(matrix, new Uint8Array(3)))
      return `precision ${k + 1} is not symmetric and positive definite`;
  }
  return undefined;
}

/** Half the squared distance of a point from the mean of component `k`, in its standard deviations. */
export function halfDistance(
  means: Float64Array,
  precisions: Float64Array,
  k: number,
  u: Float64Array,
  at: number,
): number {
  const a = u[at] - means[3 * k];
  const b = u[at + 1] - means[3 * k + 1];
  const c = u[at + 2] - means[3 * k + 2];
  const p = 9 * k;
  return (
    0.5 * (precisions[p] * a * a + precisions[p + 4] * b * b + precisions[p + 8] * c * c) +
    precisions[p + 1] * a * b +
    precisions[p + 2] * a * c +
    precisions[p + 5] * b * c
  );
}

/** Logarithm of the determinant of the 3 x 3 precision of component `k`. */
export function logDeterminant(precisions: Float64Array, k: number): number {
  const [a, b, c, , e, f, , , i] = precisions.subarray(9 * k, 9 * k + 9);
  return Math.log(a * (e * i - f * f) - b * (b * i - f * c) + c * (b * f - e * c));
}

/** The density of a mixture; a component is skipped where it adds less than exp(-20) of the largest before it. */
export class MixtureDensity {
  readonly #mixture: Mixture;
  readonly #heights: Float64Array;

  constructor(mixture: Mixture) {
    this.#mixture = mixture;
    this.#heights = mixture.weights.map(
      (weight, k) => Math.log(weight) + 0.5 * logDeterminant(mixture.precisions, k),
    );
  }

  /** Logarithm of the density at the coordinates from `at` on, up to a constant. */
  log(u: Float64Array, at = 0): number {
    const { means, precisions } = this.#mixture;
    const heights = this.#heights;
    let top = -Infinity;
    let sum = 0;
    for (let k = 0; k < heights.length; k++) {
      const value = heights[k] - halfDistance(means, precisions, k, u, at);
      const above = value - top;
      if (above <= 0) {
        if (above > -20) sum += Math.exp(above);
        continue;
      }
      sum = sum * Math.exp(-above) + 1;
      top = value;
    }
    return top + Math.log(sum);
  }
}
