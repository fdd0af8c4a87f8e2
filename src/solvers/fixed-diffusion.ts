import type { ResidualModel } from './residual-model.ts';

/**
 * Residuals of S0 (f exp(-b Dp) + (1 - f) exp(-b D)) with D given, against one voxel's signals, for the parameters
 * (S0, f, Dp) in this order.
 */
export class FixedDiffusion implements ResidualModel {
  readonly m: number;
  readonly #b: Float64Array;
  readonly #signal: Float64Array;
  readonly #slow: Float64Array;
  readonly #fast: Float64Array;
  #S0 = 0;
  #f = 0;

  /** @param b b-values in s/mm² */
  constructor(b: Float64Array) {
    this.m = b.length;
    this.#b = b;
    this.#signal = new Float64Array(b.length);
    this.#slow = new Float64Array(b.length);
    this.#fast = new Float64Array(b.length);
  }

  /** Takes over the `m` signals that start at `offset`, and D in mm²/s. */
  measure(values: Float64Array, offset: number, D: number): void {
    for (let k = 0; k < this.m; k++) {
      this.#signal[k] = values[offset + k];
      this.#slow[k] = Math.exp(-this.#b[k] * D);
    }
  }

  residuals(x: Float64Array, r: Float64Array): void {
    this.#S0 = x[0];
    this.#f = x[1];
    for (let k = 0; k < this.m; k++) {
      const p = Math.exp(-this.#b[k] * x[2]);
      this.#fast[k] = p;
      r[k] = x[0] * (x[1] * p + (1 - x[1]) * this.#slow[k]) - this.#signal[k];
    }
  }

  jacobian(J: Float64Array): void {
    const m = this.m;
    const scale = this.#S0;
    const f = this.#f;
    for (let k = 0; k < m; k++) {
      const p = this.#fast[k];
      const e = this.#slow[k];
      J[k] = f * p + (1 - f) * e;
      J[m + k] = scale * (p - e);
      J[2 * m + k] = -this.#b[k] * scale * f * p;
    }
  }
}
