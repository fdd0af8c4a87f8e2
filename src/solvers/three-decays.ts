import type { DifferentiableObjective } from './damped-newton.ts';

/**
 * Half the sum of squares of a exp(-b r) + a' exp(-b r') + a'' exp(-b r'') against one voxel's signals, over the three
 * amplitudes and then the three rates, with Gauss and Newton's J'J for its curvature.
 */
export class ThreeDecays implements DifferentiableObjective {
  readonly n = 6;
  readonly gradient = new Float64Array(6);
  readonly curvature = new Float64Array(36);
  readonly #b: Float64Array;
  readonly #y: Float64Array;
  readonly #decays: Float64Array;
  readonly #residuals: Float64Array;
  readonly #slope = new Float64Array(6);
  readonly #amplitudes = new Float64Array(3);

  /** @param b b-values in s/mm² */
  constructor(b: Float64Array) {
    this.#b = b;
    this.#y = new Float64Array(b.length);
    this.#residuals = new Float64Array(b.length);
    this.#decays = new Float64Array(3 * b.length);
  }

  /** Takes over the signals of a voxel that start at `offset`. */
  measure(values: Float64Array, offset: number): void {
    const y = this.#y;
    for (let k = 0; k < y.length; k++) y[k] = values[offset + k];
  }

  evaluate(x: Float64Array): number {
    const b = this.#b;
    const decays = this.#decays;
    let sum = 0;
    for (let j = 0; j < 3; j++) this.#amplitudes[j] = x[j];
    for (let k = 0; k < b.length; k++) {
      let r = -this.#y[k];
      for (let j = 0; j < 3; j++) {
        const decay = Math.exp(-b[k] * x[3 + j]);
        decays[3 * k + j] = decay;
        r += x[j] * decay;
      }
      this.#residuals[k] = r;
      sum += r * r;
    }
    return 0.5 * sum;
  }

  differentiate(): void {
    const { gradient, curvature } = this;
    const b = this.#b;
    const slope = this.#slope;
    gradient.fill(0);
    curvature.fill(0);
    for (let k = 0; k < b.length; k++) {
      for (let j = 0; j < 3; j++) {
        const decay = this.#decays[3 * k + j];
        slope[j] = decay;
        slope[3 + j] = -b[k] * this.#amplitudes[j] * decay;
      }
      for (let i = 0; i < 6; i++) {
        gradient[i] += slope[i] * this.#residuals[k];
        for (let j = 0; j <= i; j++) curvature[6 * i + j] += slope[i] * slope[j];
      }
    }
    for (let i = 0; i < 6; i++) for (let j = i + 1; j < 6; j++) curvature[6 * i + j] = curvature[6 * j + i];
  }
}
