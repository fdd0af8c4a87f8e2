/** Weights, means and precisions of normal densities in three dimensions. */
export interface Mixture {
  readonly weights: Float64Array;
  /** 3 per component. */
  readonly means: Float64Array;
  /** 9 per component, row-major. */
  readonly precisions: Float64Array;
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

/** The density of a mixture; components are skipped where they add less than 1e-9 of the largest. */
export class MixtureDensity {
  readonly mixture: Mixture;
  readonly #heights: Float64Array;

  constructor(mixture: Mixture) {
    this.mixture = mixture;
    this.#heights = mixture.weights.map(
      (weight, k) => Math.log(weight) + 0.5 * logDeterminant(mixture.precisions, k),
    );
  }

  /** Logarithm of the density at the coordinates from `at` on, up to a constant. */
  log(u: Float64Array, at = 0): number {
    const { means, precisions } = this.mixture;
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

  /** The most probable component at a point. */
  nearest(u: Float64Array, at = 0): number {
    const { means, precisions } = this.mixture;
    let best = 0;
    let highest = -Infinity;
    for (let k = 0; k < this.#heights.length; k++) {
      const value = this.#heights[k] - halfDistance(means, precisions, k, u, at);
      if (value > highest) [best, highest] = [k, value];
    }
    return best;
  }
}
