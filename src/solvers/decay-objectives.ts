import { BesselI } from './bessel-i.ts';
import type { DifferentiableObjective } from './damped-newton.ts';

/*
 * Objectives of `DampedNewton` for one voxel whose signals y_k, those at b=0 among them, are in the unit of S0. b_k are in
 * s/mm², rates in mm²/s.
 *
 * Their loops over the signals are alike, and like those of `ProjectedDecay`, but stay apart: they are most of a fit's time,
 * and one loop with a function for the term would make a call per signal.
 */

/**
 * Adds one measurement: `byModel`, the derivative of its term by the model's value, times the model's slope to the
 * gradient, and `weight` times the outer product of the slope to the lower triangle of the curvature.
 */
function addMeasurement(
  gradient: Float64Array,
  curvature: Float64Array,
  slope: Float64Array,
  byModel: number,
  weight: number,
): void {
  const n = slope.length;
  for (let i = 0; i < n; i++) {
    gradient[i] += slope[i] * byModel;
    for (let j = 0; j <= i; j++) curvature[n * i + j] += weight * slope[i] * slope[j];
  }
}

function completeUpperTriangle(matrix: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) matrix[n * i + j] = matrix[n * j + i];
}

/** Places of the parameters in `ScaledDecay`'s points. */
export const S0 = 0;
export const D = 1;
export const F = 2;
export const DP = 3;

/**
 * Least squares with S0 as a parameter:
 *
 *     F(S0, D, f, Dp) = 1/2 sum over k of r_k²,  r_k = S0 (f exp(-b_k Dp) + (1 - f) exp(-b_k D)) - y_k
 *
 * The curvature is that of Gauss and Newton, J'J with J_kj the derivative of r_k by parameter j (Nocedal and Wright,
 * Numerical Optimization, 2006, equation 10.24).
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

  /** Copies the signals of a voxel that start at `offset`. */
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
      addMeasurement(gradient, curvature, slope, r, 1);
    }
    completeUpperTriangle(curvature, 4);
  }
}

/** Noise below this, in the unit of the signals, makes no difference. */
const LEAST_SIGMA = 1e-6;
/** A measurement keeps at least this fraction of its weight under Gaussian noise. */
const LEAST_WEIGHT = 1e-3;

/**
 * The negative log-likelihood under Rician noise of known sigma, up to a constant:
 *
 *     F(S0, D, f, Dp) = sum over k of (y_k - A_k)² / (2 sigma²) - log(exp(-z_k) I0(z_k)),  z_k = y_k A_k / sigma²
 *     A_k = S0 (f exp(-b_k Dp) + (1 - f) exp(-b_k D))
 *
 * (Gudbjartsson and Patz, Magn Reson Med 1995;34:910; Sijbers et al., IEEE Trans Med Imaging 1998;17:357, equation 9).
 * With R = I1(z) / I0(z) the first derivative of a term by A is (A - y R) / sigma², and the second is
 * (1 - (y² / sigma²) (1 - R² - R / z)) / sigma². The curvature omits second derivatives of A, and keeps weights positive
 * where the second derivative, at low signals, is not: the likelihood says little there.
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
   * Copies the signals of a voxel that start at `offset`; negative ones, which no magnitude is, count as 0.
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
      addMeasurement(gradient, curvature, slope, byA, weight);
    }
    completeUpperTriangle(curvature, 4);
  }
}

/**
 * Least squares of three decays:
 *
 *     F(a_1, a_2, a_3, r_1, r_2, r_3) = 1/2 sum over k of (sum over j of a_j exp(-b_k r_j) - y_k)²
 *
 * with amplitudes a_j in the unit of the signals and rates r_j. The curvature is that of Gauss and Newton, J'J.
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

  /** Copies the signals of a voxel that start at `offset`. */
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
      addMeasurement(gradient, curvature, slope, this.#residuals[k], 1);
    }
    completeUpperTriangle(curvature, 6);
  }
}
