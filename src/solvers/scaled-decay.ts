import type { DifferentiableObjective } from './damped-newton.ts';

/** Places of the parameters in `ScaledDecay`'s points. */
export const S0 = 0;
export const D = 1;
export const F = 2;
export const DP = 3;

/**
 * Half the sum of squares of S0 (f exp(-b Dp) + (1 - f) exp(-b D)) against one voxel's signals, b=0 among them, over
 * (S0, D, f, Dp), with Gauss and Newton's J'J for its curvature.
 */
export class ScaledDecay implements DifferentiableObjective {
  readonly n = 4;
  readonly gradient = new Float64Array(4);
  readonly curvature = new Float64Array(16);
  readonly #b: Float64Array;
  readonly #y: Float64Array;
  readonly #slow: Float64Array;
  readonly #fast: Float64Array;
  readonly #slope = new Float64Array(4);
  #S0 = 0;
  #f = 0;

  /** @param b b-values in s/mm² */
  constructor(b: Float64Array) {
    this.#b = b;
    this.#y = new Float64Array(b.length);
    this.#slow = new Float64Array(b.length);
    this.#fast = new Float64Array(b.length);
  }

  /** Takes over the signals of a voxel that start at `offset`. */
  measure(values: Float64Array, offset: number): void {
    const y = this.#y;
    for (let k = 0; k < y.length; k++) y[k] = values[offset + k];
  }

  evaluate(x: Float64Array): number {
    const b = this.#b;
    const y = this.#y;
    const slow = this.#slow;
    const fast = this.#fast;
    this.#S0 = x[S0];
    this.#f = x[F];
    const f = x[F];
    let sum = 0;
    for (let k = 0; k < b.length; k++) {
      slow[k] = Math.exp(-b[k] * x[D]);
      fast[k] = Math.exp(-b[k] * x[DP]);
      const r = x[S0] * (f * fast[k] + (1 - f) * slow[k]) - y[k];
      sum += r * r;
    }
    return 0.5 * sum;
  }

  differentiate(): void {
    const { gradient, curvature } = this;
    const b = this.#b;
    const slope = this.#slope;
    const scale = this.#S0;
    const f = this.#f;
    gradient.fill(0);
    curvature.fill(0);
    for (let k = 0; k < b.length; k++) {
      const e = this.#slow[k];
      const p = this.#fast[k];
      const shape = f * p + (1 - f) * e;
      const r = scale * shape - this.#y[k];
      slope[S0] = shape;
      slope[D] = -b[k] * scale * (1 - f) * e;
      slope[F] = scale * (p - e);
      slope[DP] = -b[k] * scale * f * p;
      for (let i = 0; i < 4; i++) {
        gradient[i] += slope[i] * r;
        for (let j = 0; j <= i; j++) curvature[4 * i + j] += slope[i] * slope[j];
      }
    }
    for (let i = 0; i < 4; i++) for (let j = i + 1; j < 4; j++) curvature[4 * i + j] = curvature[4 * j + i];
  }
}
