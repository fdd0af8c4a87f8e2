import { expOfMinus } from './exponential.ts';
import { BetaTerm, LognormalTerm, type PriorDensities } from './prior-densities.ts';

/** Added to the sum of squares: a signal without noise would take the logarithm to minus infinity. */
const leastSumOfSquares = 1e-20;
/** Where floor over density exceeds this, data and prior contradict each other. */
const contradiction = 1e-3;

/**
 * The study's negative log posterior of one voxel (Barbieri 2020 and its published code): (n_b + 1) / 2 log SSE
 * - sum of log(density + 1e-8), with SSE over the n_b signals without b=0, each relative to it.
 *
 * Its coordinates are u = log Dp, r = log(Dp / D) and z = logit f: the allowed region Dp <= 1, D <= Dp, 0 <= f <= 1
 * is the box u <= 0, r >= 0, and the prior is close to quadratic.
 */
export class IvimPosterior {
  /** After `evaluate`: value, gradient over (u, r, z) and Hessian, row-major. */
  value = 0;
  readonly gradient = new Float64Array(3);
  readonly hessian = new Float64Array(9);
  /** A positive semidefinite stand-in for the Hessian: Gauss-Newton's for the data, the convex part of the prior. */
  readonly majorant = new Float64Array(9);

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

  /** Takes the voxel whose signals, b=0 left out, start at `offset`. */
  measure(values: Float64Array, offset: number): void {
    for (let k = 0; k < this.#x.length; k++) this.#x[k] = values[offset + k];
  }

  /** Whether some density is near its floor at a point. */
  isFloored(u: number, r: number, z: number): boolean {
    const f = 1 / (1 + Math.exp(-z));
    this.#priorDp.at(u);
    this.#priorD.at(u - r);
    this.#priorF.at(f, 1 / (1 + Math.exp(z)));
    const share = Math.max(this.#priorDp.share, this.#priorD.share, this.#priorF.share);
    return share > contradiction;
  }

  /** Computes everything at a point; returns the value. */
  evaluate(u: number, r: number, z: number): number {
    const b = this.#b;
    const x = this.#x;
    const Dp = Math.exp(u);
    const D = Math.exp(u - r);
    const tail = Math.exp(-Math.abs(z));
    const f = (z > 0 ? 1 : tail) / (1 + tail);
    const g = (z > 0 ? tail : 1) / (1 + tail);
    const fg = f * g;
    // With e the residual and m_i the model's derivatives by u, v = log D and z: sums of e², e m_i, m_i m_j, e m_ij.
    let sse = leastSumOfSquares;
    let su = 0;
    let sv = 0;
    let sz = 0;
    let uu = 0;
    let uv = 0;
    let uz = 0;
    let vv = 0;
    let vz = 0;
    let zz = 0;
    let euu = 0;
    let evv = 0;
    for (let k = 0; k < b.length; k++) {
      const bDp = b[k] * Dp;
      const bD = b[k] * D;
      const p = expOfMinus(bDp);
      const q = expOfMinus(bD);
      const e = f * p + g * q - x[k];
      const mu = -f * bDp * p;
      const mv = -g * bD * q;
      const mz = fg * (p - q);
      sse += e * e;
      su += e * mu;
      sv += e * mv;
      sz += e * mz;
      uu += mu * mu;
      uv += mu * mv;
      uz += mu * mz;
      vv += mv * mv;
      vz += mv * mz;
      zz += mz * mz;
      euu += e * mu * (1 - bDp);
      evv += e * mv * (1 - bD);
    }
    const priorDp = this.#priorDp;
    const priorD = this.#priorD;
    const priorF = this.#priorF;
    priorDp.at(u);
    priorD.at(u - r);
    priorF.at(f, g);
    const scale = (2 * this.#half) / sse;
    const bend = (-2 * scale) / sse;
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
  to[1] = to[3] = -uv - vv;
  to[2] = to[6] = uz + vz;
  to[4] = vv;
  to[5] = to[7] = -vz;
  to[8] = zz;
}
