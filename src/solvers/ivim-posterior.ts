import { expOfMinus } from './exponential.ts';
import { BetaTerm, LognormalTerm } from './prior-densities.ts';
import type { PriorDensities } from './prior-densities.ts';

/** Added to the sum of squares, whose logarithm would be minus infinity for a signal without noise. */
const leastSumOfSquares = 1e-20;
/** If the ratio of floor to density exceeds this, data and prior contradict each other. */
const contradiction = 1e-3;

/**
 * The study's negative log posterior of one voxel (Barbieri et al., Magn Reson Med 2020;83:312, and its published code):
 *
 *     F(D, f, Dp) = (n + 1) / 2 log SSE - sum over D, f and Dp of log(density + 1e-8)
 *     SSE = sum over k of (f exp(-b_k Dp) + (1 - f) exp(-b_k D) - y_k)²
 *
 * over the n signals y_k without b=0, each relative to the signal there; b_k in s/mm², D and Dp in mm²/s.
 *
 * The coordinates are u = log Dp, r = log(Dp / D) and z = logit f: the allowed region Dp <= 1, D <= Dp, 0 <= f <= 1 is
 * the box u <= 0, r >= 0, and the prior is close to quadratic.
 */
export class IvimPosterior {
  /** After `evaluate`: value, gradient over (u, r, z) and Hessian: uu, ur, uz, rr, rz, zz. */
  value = 0;
  /** The sum of squares there. */
  sse = 0;
  readonly gradient = new Float64Array(3);
  readonly hessian = new Float64Array(6);
  /** A positive semidefinite stand-in for the Hessian: Gauss-Newton's for the data, the convex part of the prior. */
  readonly majorant = new Float64Array(6);

  readonly #b: Float64Array;
  readonly #x: Float64Array;
  readonly #half: number;
  readonly #priorDp: LognormalTerm;
  readonly #priorD: LognormalTerm;
  readonly #priorF: BetaTerm;

  /** @param b b-values without 0, s/mm² */
  constructor(b: Float64Array, prior: PriorDensities) {
    this.#b = b;
    this.#x = new Float64Array(b.length);
    this.#half = (b.length + 1) / 2;
    this.#priorDp = new LognormalTerm(prior.Dp);
    this.#priorD = new LognormalTerm(prior.D);
    this.#priorF = new BetaTerm(prior.f);
  }

  /** Sets the voxel; its signals, without b=0, start at `offset`. */
  measure(values: Float64Array, offset: number): void {
    for (let k = 0; k < this.#x.length; k++) this.#x[k] = values[offset + k];
  }

  /** Whether a density is near its floor at a point. */
  isFloored(u: number, r: number, z: number): boolean {
    this.#priorDp.at(u);
    this.#priorD.at(u - r);
    this.#priorF.at(z, 1 / (1 + Math.exp(-z)), 1 / (1 + Math.exp(z)));
    const share = Math.max(this.#priorDp.share, this.#priorD.share, this.#priorF.share);
    return share > contradiction;
  }

  /** Curvature over u of the least value over r and z, by the last Hessian: a Schur complement. */
  curvatureAlongU(): number {
    const H = this.hessian;
    const determinant = H[3] * H[5] - H[4] * H[4];
    return H[0] - (H[1] * (H[1] * H[5] - H[2] * H[4]) + H[2] * (H[2] * H[3] - H[1] * H[4])) / determinant;
  }

  /** Computes everything at a point with u <= 0 and r >= 0; returns the value. */
  evaluate(u: number, r: number, z: number): number {
    const b = this.#b;
    const x = this.#x;
    const Dp = expOfMinus(-u);
    const D = expOfMinus(r - u);
    const tail = expOfMinus(Math.abs(z));
    const larger = 1 / (1 + tail);
    const smaller = tail * larger;
    const f = z > 0 ? larger : smaller;
    const g = z > 0 ? smaller : larger;
    const fg = smaller * larger;
    // With e the residual, p and q the decays, P = b Dp p, Q = b D q and d = p - q: the sums from which the sums of e², of e times
    // the first and second derivatives by u, v = log D and z, and of products of first derivatives are composed.
    let sse = leastSumOfSquares;
    let eP = 0;
    let eQ = 0;
    let ed = 0;
    let PP = 0;
    let PQ = 0;
    let Pd = 0;
    let QQ = 0;
    let Qd = 0;
    let dd = 0;
    let ePb = 0;
    let eQb = 0;
    for (let k = 0; k < b.length; k++) {
      const bDp = b[k] * Dp;
      const bD = b[k] * D;
      const p = expOfMinus(bDp);
      const q = expOfMinus(bD);
      const d = p - q;
      const e = f * d + (q - x[k]);
      const P = bDp * p;
      const Q = bD * q;
      const rP = e * P;
      const rQ = e * Q;
      sse += e * e;
      eP += rP;
      eQ += rQ;
      ed += e * d;
      PP += P * P;
      PQ += P * Q;
      Pd += P * d;
      QQ += Q * Q;
      Qd += Q * d;
      dd += d * d;
      ePb += rP * bDp;
      eQb += rQ * bD;
    }
    const su = -f * eP;
    const sv = -g * eQ;
    const sz = fg * ed;
    const uu = f * f * PP;
    const uv = fg * PQ;
    const uz = -f * fg * Pd;
    const vv = g * g * QQ;
    const vz = -g * fg * Qd;
    const zz = fg * fg * dd;
    const euu = f * (ePb - eP);
    const evv = g * (eQb - eQ);
    const priorDp = this.#priorDp;
    const priorD = this.#priorD;
    const priorF = this.#priorF;
    priorDp.at(u);
    priorD.at(u - r);
    priorF.at(z, f, g);
    const perSse = 1 / sse;
    const scale = 2 * this.#half * perSse;
    const bend = -2 * scale * perSse;
    const gu = scale * su + priorDp.slope;
    const gv = scale * sv + priorD.slope;
    const gz = scale * sz + priorF.slope;
    const gradient = this.gradient;
    gradient[0] = gu + gv;
    gradient[1] = -gv;
    gradient[2] = gz;
    fill(
      this.hessian,
      scale * (uu + euu) + bend * su * su + priorDp.curvature,
      scale * uv + bend * su * sv,
      scale * (uz + g * su) + bend * su * sz,
      scale * (vv + evv) + bend * sv * sv + priorD.curvature,
      scale * (vz - f * sv) + bend * sv * sz,
      scale * (zz + (g - f) * sz) + bend * sz * sz + priorF.curvature,
    );
    fill(
      this.majorant,
      scale * uu + Math.max(0, priorDp.curvature),
      scale * uv,
      scale * uz,
      scale * vv + Math.max(0, priorD.curvature),
      scale * vz,
      scale * zz + Math.max(0, priorF.curvature),
    );
    this.sse = sse;
    this.value = this.#half * Math.log(sse) + priorDp.value + priorD.value + priorF.value;
    return this.value;
  }
}

/** Turns second derivatives over (u, v, z), v = u - r, into those over (u, r, z). */
function fill(
  to: Float64Array,
  uu: number,
  uv: number,
  uz: number,
  vv: number,
  vz: number,
  zz: number,
): void {
  to[0] = uu + 2 * uv + vv;
  to[1] = -uv - vv;
  to[2] = uz + vz;
  to[3] = vv;
  to[4] = -vz;
  to[5] = zz;
}
