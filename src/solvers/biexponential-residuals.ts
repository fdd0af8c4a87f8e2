import type { ResidualModel } from './residual-model.ts';

/**
 * Residuals of the bi-exponential decay f exp(-b Dp) + (1 - f) exp(-b D) against one voxel's signals, for the
 * parameters (Dp, D, f) in this order, with analytic derivatives.
 */
export class BiexponentialResiduals implements ResidualModel {
  readonly m: number;
  readonly #b: Float64Array;
  readonly #slow: Float64Array;
  readonly #fast: Float64Array;
  readonly #signal: Float64Array;
  #f = 0;

  /** @param b b-values in s/mm², without b=0 */
  constructor(b: Float64Array) {
    this.m = b.length;
    this.#b = b;
    this.#slow = new Float64Array(b.length);
    this.#fast = new Float64Array(b.length);
    this.#signal = new Float64Array(b.length);
  }

  /** Takes over the `m` signals of a voxel that start at `offset`. */
  measure(values: Float64Array, offset: number): void {
    const signal = this.#signal;
    for (let k = 0; k < signal.length; k++) signal[k] = values[offset + k];
  }

  residuals(x: Float64Array, r: Float64Array): void {
    const b = this.#b;
    const slow = this.#slow;
    const fast = this.#fast;
    const signal = this.#signal;
    const Dp = x[0];
    const D = x[1];
    const f = x[2];
    for (let k = 0; k < b.length; k++) {
      const p = Math.exp(-b[k] * Dp);
      const e = Math.exp(-b[k] * D);
      fast[k] = p;
      slow[k] = e;
      r[k] = f * p + (1 - f) * e - signal[k];
    }
    this.#f = f;
  }

  jacobian(J: Float64Array): void {
    const b = this.#b;
    const slow = this.#slow;
    const fast = this.#fast;
    const f = this.#f;
    const m = b.length;
    for (let k = 0; k < m; k++) {
      const p = fast[k];
      const e = slow[k];
      J[k] = -b[k] * f * p;
      J[m + k] = -b[k] * (1 - f) * e;
      J[2 * m + k] = p - e;
    }
  }
}
