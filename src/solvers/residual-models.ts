import type { ResidualModel } from './trust-region-reflective.ts';

/** SciPy's forward-difference step for parameters up to 1. */
const STEP = Math.sqrt(Number.EPSILON);

/**
 * Residuals of the bi-exponential decay f exp(-b Dp) + (1 - f) exp(-b D) against one voxel's signals, for the
 * parameters (Dp, D, f) in this order.
 *
 * The derivatives by the two rates are the slopes of the secants that SciPy's forward differences take, in closed
 * form: exp(-b D) (exp(-b h) - 1) / h with h = 1.5e-8, backwards where a step forwards would leave the box. They
 * differ from the tangents by b h / 2 relatively. The difference matters for a voxel with a single rate: digits that small
 * decide which of the two rates ends above the other, and thus f after they are sorted.
 */
export class BiexponentialResiduals implements ResidualModel {
  readonly m: number;
  readonly #b: Float64Array;
  readonly #forward: Float64Array;
  readonly #backward: Float64Array;
  readonly #lastForwardD: number;
  readonly #lastForwardDp: number;
  readonly #slow: Float64Array;
  readonly #fast: Float64Array;
  readonly #signal: Float64Array;
  #D = 0;
  #f = 0;
  #Dp = 0;

  /**
   * @param b b-values in s/mm², without b=0
   * @param upper upper bounds of D and Dp in mm²/s
   */
  constructor(b: Float64Array, upper: { readonly D: number; readonly Dp: number }) {
    this.m = b.length;
    this.#b = b;
    this.#forward = b.map((b) => Math.expm1(-b * STEP) / STEP);
    this.#backward = b.map((b) => -Math.expm1(b * STEP) / STEP);
    this.#lastForwardD = upper.D - STEP;
    this.#lastForwardDp = upper.Dp - STEP;
    this.#slow = new Float64Array(b.length);
    this.#fast = new Float64Array(b.length);
    this.#signal = new Float64Array(b.length);
  }

  /** Copies the `m` signals of a voxel that start at `offset`. */
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
    this.#D = D;
    this.#f = f;
    this.#Dp = Dp;
  }

  jacobian(J: Float64Array): void {
    const slow = this.#slow;
    const fast = this.#fast;
    const f = this.#f;
    const m = this.m;
    const slopeD = this.#D > this.#lastForwardD ? this.#backward : this.#forward;
    const slopeDp = this.#Dp > this.#lastForwardDp ? this.#backward : this.#forward;
    for (let k = 0; k < m; k++) {
      const p = fast[k];
      const e = slow[k];
      J[k] = slopeDp[k] * f * p;
      J[m + k] = slopeD[k] * (1 - f) * e;
      J[2 * m + k] = p - e;
    }
  }
}

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

  /** Copies the `m` signals that start at `offset`, and D in mm²/s. */
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
