import { BesselI } from './bessel-i.ts';
import type { DifferentiableObjective } from './damped-newton.ts';
import { D, DP, F, S0 } from './scaled-decay.ts';

/** Noise below this, in units of the signal at b=0, is no different from none. */
const LEAST_SIGMA = 1e-6;
/** A measurement keeps at least this share of the weight it would have under Gaussian noise. */
const LEAST_WEIGHT = 1e-3;

/**
 * The negative log-likelihood of S0 (f exp(-b Dp) + (1 - f) exp(-b D)) under Rician noise of known sigma, over
 * (S0, D, f, Dp), up to a constant. A magnitude M of the signal A adds (M - A)² / (2 sigma²) - log(exp(-z) I0(z)),
 * z = M A / sigma² (Gudbjartsson and Patz 1995; Sijbers et al. 1998, eq. 9). With R = I1 / I0 its slope by A is
 * (A - M R) / sigma², and its bend (1 - z² (1 - R² - R / z) sigma² / A²) / sigma². The curvature leaves out
 * second derivatives of A, and keeps weights above 0 where the bend, at low signals, is not: there the likelihood says
 * little.
 */
export class RicianDecay implements DifferentiableObjective {
  readonly n = 4;
  readonly gradient = new Float64Array(4);
  readonly curvature = new Float64Array(16);
  readonly #b: Float64Array;
  readonly #y: Float64Array;
  readonly #slow: Float64Array;
  readonly #fast: Float64Array;
  readonly #slope = new Float64Array(4);
  readonly #bessel = new BesselI();
  #perVariance = 0;
  #S0 = 0;
  #f = 0;

  /** @param b b-values in s/mm² */
  constructor(b: Float64Array) {
    this.#b = b;
    this.#y = new Float64Array(b.length);
    this.#slow = new Float64Array(b.length);
    this.#fast = new Float64Array(b.length);
  }

  /**
   * Takes over the signals of a voxel that start at `offset`; negative ones, which no magnitude is, count as 0.
   *
   * @param sigma noise per quadrature channel in the unit of the signals
   */
  measure(values: Float64Array, offset: number, sigma: number): void {
    const y = this.#y;
    for (let k = 0; k < y.length; k++) y[k] = values[offset + k] > 0 ? values[offset + k] : 0;
    const known = sigma > LEAST_SIGMA ? sigma : LEAST_SIGMA;
    this.#perVariance = 1 / (known * known);
  }

  evaluate(x: Float64Array): number {
    const b = this.#b;
    const bessel = this.#bessel;
    const per = this.#perVariance;
    const f = x[F];
    this.#S0 = x[S0];
    this.#f = f;
    let sum = 0;
    for (let k = 0; k < b.length; k++) {
      const e = Math.exp(-b[k] * x[D]);
      const p = Math.exp(-b[k] * x[DP]);
      this.#slow[k] = e;
      this.#fast[k] = p;
      const M = this.#y[k];
      const A = x[S0] * (f * p + (1 - f) * e);
      bessel.at(M * A * per);
      sum += 0.5 * (M - A) * (M - A) * per - bessel.logScaled;
    }
    return sum;
  }

  differentiate(): void {
    const { gradient, curvature } = this;
    const b = this.#b;
    const bessel = this.#bessel;
    const per = this.#perVariance;
    const slope = this.#slope;
    const scale = this.#S0;
    const f = this.#f;
    gradient.fill(0);
    curvature.fill(0);
    for (let k = 0; k < b.length; k++) {
      const e = this.#slow[k];
      const p = this.#fast[k];
      const M = this.#y[k];
      const shape = f * p + (1 - f) * e;
      const A = scale * shape;
      const z = M * A * per;
      bessel.at(z);
      const lack = bessel.shortfall;
      const byA = (A - M + M * lack) * per;
      // 1 - R² - R / z in terms of 1 - R; where z is 0 it is 1/2.
      const spread = z > 1e-6 ? lack * (2 - lack) - (1 - lack) / z : 0.5;
      const bend = 1 - M * M * per * spread;
      const weight = per * (bend > LEAST_WEIGHT ? bend : LEAST_WEIGHT);
      slope[S0] = shape;
      slope[D] = -b[k] * scale * (1 - f) * e;
      slope[F] = scale * (p - e);
      slope[DP] = -b[k] * scale * f * p;
      for (let i = 0; i < 4; i++) {
        gradient[i] += slope[i] * byA;
        for (let j = 0; j <= i; j++) curvature[4 * i + j] += weight * slope[i] * slope[j];
      }
    }
    for (let i = 0; i < 4; i++) for (let j = i + 1; j < 4; j++) curvature[4 * i + j] = curvature[4 * j + i];
  }
}
