import { DecayPowers } from './decay-powers.ts';

/** Decays with a smaller squared distance count as one, and f is undetermined. */
const SAME = 1e-24;

/**
 * The sum of squares of a bi-exponential decay as a function of its two rates alone (variable projection, Golub and
 * Pereyra, SIAM J Numer Anal 1973;10:413):
 *
 *     F(D, u) = min over f of sum over k of r_k²,  r_k = f p_k + (1 - f) e_k - y_k
 *     e_k = exp(-b_k D),  p_k = u^(b_k / b_1),  u = exp(-b_1 Dp)
 *     f = sum of (p_k - e_k)(y_k - e_k) over sum of (p_k - e_k)², clipped to its bounds
 *
 * b_k are the b-values in s/mm², b_1 the lowest; D and Dp are in mm²/s; u, f and the signals y_k are dimensionless. In u
 * the objective stays smooth and curved where Dp grows large.
 *
 * Derivatives are those of F / 2. For f inside its bounds the Hessian is the Schur complement of the entry of f in the
 * Hessian over all three variables. The Gauss-Newton Hessian omits the second derivatives of the decays, which keeps it
 * positive semidefinite. The derivative by a rate without weight (f at 0 or 1) is 0.
 */
export class SeparableObjective {
  /** Number of b-values. */
  readonly m: number;
  /** Signals of the current voxel. */
  readonly y: Float64Array;
  /** Decays at D and at Dp where `evaluate` was last called. */
  readonly slow: Float64Array;
  readonly fast: Float64Array;
  readonly powers: DecayPowers;
  /** The lowest b-value and the highest. */
  readonly b1: number;
  readonly bLast: number;

  sse = 0;
  f = 0;
  gradientD = 0;
  gradientU = 0;
  hessianDD = 0;
  hessianDU = 0;
  hessianUU = 0;
  gaussDD = 0;
  gaussDU = 0;
  gaussUU = 0;
  /** Derivatives of f by D and u, for the part of f in a Newton step. 0 where f is on a bound. */
  fByD = 0;
  fByU = 0;
  /** Evaluations since the last `measure`. */
  evaluations = 0;

  readonly #b: Float64Array;
  /** b relative to b1. */
  readonly #relative: Float64Array;
  /** Whether u is itself the base of all powers. */
  readonly #uIsBase: boolean;
  readonly #least: number;
  readonly #most: number;

  /** @param b b-values in s/mm², ascending, above 0 */
  constructor(b: Float64Array, fBounds: readonly [number, number]) {
    this.m = b.length;
    this.b1 = b[0];
    this.bLast = b[b.length - 1];
    this.y = new Float64Array(b.length);
    this.powers = new DecayPowers(b);
    this.slow = new Float64Array(this.powers.size);
    this.fast = new Float64Array(this.powers.size);
    this.#uIsBase = this.powers.divisor === b[0];
    this.#b = b;
    this.#relative = b.map((value) => value / b[0]);
    [this.#least, this.#most] = fBounds;
  }

  /** Copies the signals of a voxel that start at `offset`. @returns their sum of squares */
  measure(values: Float64Array, offset: number): number {
    const y = this.y;
    let sum = 0;
    for (let k = 0; k < y.length; k++) {
      const value = values[offset + k];
      y[k] = value;
      sum += value * value;
    }
    this.evaluations = 0;
    return sum;
  }

  /** Writes b times `decays` into `out`. */
  timesB(decays: Float64Array, out: Float64Array): void {
    const b = this.#b;
    for (let k = 0; k < b.length; k++) out[k] = b[k] * decays[k];
  }

  /** Computes the value and all derivatives at D (mm²/s) and u; returns the sum of squares. */
  evaluate(D: number, u: number): number {
    const { slow, fast, y } = this;
    const b = this.#b;
    const relative = this.#relative;
    const m = b.length;
    this.evaluations++;
    this.powers.write(D, slow);
    if (this.#uIsBase) this.powers.raise(u, fast);
    else this.powers.write(-Math.log(u) / this.b1, fast);

    let distance = 0;
    let projection = 0;
    for (let k = 0; k < m; k++) {
      const d = fast[k] - slow[k];
      distance += d * d;
      projection += d * (y[k] - slow[k]);
    }
    let f = distance > SAME ? projection / distance : this.#least;
    const inside = distance > SAME && f > this.#least && f < this.#most;
    if (!inside) f = f >= this.#most ? this.#most : this.#least;
    const w = 1 - f;

    // With e, p the decays, r the residual, n = b / b1: sums of r r, r b e, r b² e, b² e², and r n p, r n (n-1) p,
    // n² p², of the mixed b e n p, and of (p - e) times b e and n p.
    let rr = 0;
    let re = 0;
    let ree = 0;
    let ee = 0;
    let rp = 0;
    let rpp = 0;
    let pp = 0;
    let ep = 0;
    let de = 0;
    let dp = 0;
    for (let k = 0; k < m; k++) {
      const e = slow[k];
      const p = fast[k];
      const bk = b[k];
      const n = relative[k];
      const d = p - e;
      const r = f * p + w * e - y[k];
      const be = bk * e;
      const np = n * p;
      rr += r * r;
      re += r * be;
      ree += r * bk * be;
      ee += be * be;
      rp += r * np;
      rpp += r * (n - 1) * np;
      pp += np * np;
      ep += be * np;
      de += d * be;
      dp += d * np;
    }

    const perU = 1 / u;
    const perU2 = perU * perU;
    let gaussDD = w * w * ee;
    let gaussDU = -w * f * ep * perU;
    let gaussUU = f * f * pp * perU2;
    let hessianDD = gaussDD + w * ree;
    let hessianDU = gaussDU;
    let hessianUU = gaussUU + f * rpp * perU2;
    this.fByD = 0;
    this.fByU = 0;
    if (inside) {
      const perF = 1 / distance;
      const gaussFD = -w * de;
      const gaussFU = f * dp * perU;
      const hessianFD = gaussFD + re;
      const hessianFU = gaussFU + rp * perU;
      gaussDD -= gaussFD * gaussFD * perF;
      gaussDU -= gaussFD * gaussFU * perF;
      gaussUU -= gaussFU * gaussFU * perF;
      hessianDD -= hessianFD * hessianFD * perF;
      hessianDU -= hessianFD * hessianFU * perF;
      hessianUU -= hessianFU * hessianFU * perF;
      this.fByD = -hessianFD * perF;
      this.fByU = -hessianFU * perF;
    }
    this.f = f;
    this.gradientD = -w * re;
    this.gradientU = f * rp * perU;
    this.hessianDD = hessianDD;
    this.hessianDU = hessianDU;
    this.hessianUU = hessianUU;
    this.gaussDD = gaussDD;
    this.gaussDU = gaussDU;
    this.gaussUU = gaussUU;
    this.sse = rr;
    return rr;
  }
}
