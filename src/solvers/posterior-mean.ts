import type { TissuePrior } from '../contracts/fitter.ts';
import { bestOverF, sameDecay } from './best-over-f.ts';
import { expOfMinus } from './exponential.ts';
import { gaussLegendre, type QuadratureRule } from './gauss-legendre.ts';
import { PosteriorBox } from './posterior-box.ts';
import { densityAt, placeNodes, priorAxis, valueAt, type PriorAxis } from './prior-axis.ts';
import { RateGrid } from './rate-grid.ts';

/**
 * What has a likelihood below exp(-depth) of the peak is left out: 3e-5 of the mass of a three-dimensional Gaussian.
 */
const depth = 12;
/** Most nodes per axis of rates, and along f. */
const mostRates = 48;
const mostFractions = 14;
/** Below this sigma, in units of S0, the rounding of the inner products would decide. */
const leastSigma = 1e-5;

/**
 * Mean and standard deviations of the posterior of a bi-exponential decay, given the noise level, a prior on D, f
 * and Dp, and nothing on S0. Noise is Gaussian and S0 is integrated out in closed form: with s the decay at S0 = 1
 * and x the signals, what is left of the log-likelihood is (x.s)² / (2 sigma² |s|²) - log(|s|²) / 2.
 *
 * The other three by Gauss-Legendre quadrature where the posterior is: on a grid over the box of (Dp, D) that
 * matters, and for each of its pairs over the interval of f that matters, both with as many nodes as the
 * likelihood's steepness asks for. A pair's best likelihood over f is known in closed form, so that pairs that
 * don't matter cost next to nothing.
 */
export class PosteriorMean {
  /** Posterior means, after `integrate`. S0 is in the unit of the signals given. */
  D = 0;
  f = 0;
  Dp = 0;
  S0 = 0;
  /** Posterior standard deviations, after `integrate`. */
  sdD = 0;
  sdF = 0;
  sdDp = 0;

  readonly #axisDp: PriorAxis;
  readonly #axisD: PriorAxis;
  readonly #axisF: PriorAxis;
  readonly #least: number;
  readonly #most: number;
  readonly #box: PosteriorBox;
  readonly #grid: RateGrid;
  readonly #weightsDp = new Float64Array(mostRates);
  readonly #weightsD = new Float64Array(mostRates);
  readonly #best = new Float64Array(mostRates * mostRates);
  readonly #rules: readonly QuadratureRule[];
  /** Sums over f of weight x 1, f, f² and S0 for one pair of rates. */
  readonly #sums = new Float64Array(4);

  /** @param bValues s/mm², the first 0 */
  constructor(bValues: Float64Array, prior: TissuePrior) {
    this.#axisDp = priorAxis(prior.Dp, 0, Infinity);
    this.#axisD = priorAxis(prior.D, 0, Infinity);
    this.#axisF = priorAxis(prior.f, 0, 1);
    this.#least = valueAt(this.#axisF, this.#axisF.low);
    this.#most = valueAt(this.#axisF, this.#axisF.high);
    this.#box = new PosteriorBox(bValues, this.#axisDp, this.#axisD, this.#axisF, depth);
    this.#grid = new RateGrid(bValues, mostRates);
    this.#rules = Array.from({ length: mostRates + 1 }, (_, n) => gaussLegendre(Math.max(1, n)));
  }

  /**
   * Integrates the posterior of the voxel whose signals start at `offset`.
   *
   * @param sigma standard deviation of the noise in the unit of the signals, at least 0
   */
  integrate(values: Float64Array, offset: number, sigma: number): void {
    const known = sigma > leastSigma ? sigma : leastSigma;
    const twoVariances = 2 * known * known;
    const box = this.#box;
    box.find(values, offset, twoVariances);
    const grid = this.#grid;
    const rows = this.#nodes(this.#axisDp, box.fromDp, box.toDp);
    const columns = this.#nodes(this.#axisD, box.fromD, box.toD);
    placeNodes(this.#axisDp, this.#rules[rows], box.fromDp, box.toDp, grid.Dp, this.#weightsDp);
    placeNodes(this.#axisD, this.#rules[columns], box.fromD, box.toD, grid.D, this.#weightsD);
    grid.update(rows, columns);
    grid.project(values, offset);
    this.#sumUp(twoVariances);
  }

  /** How many nodes an axis needs: the steeper likelihood and prior are over the box, the more. */
  #nodes(axis: PriorAxis, from: number, to: number): number {
    if (to === from) return 1;
    const away = Math.max(Math.abs(from - axis.mean), Math.abs(to - axis.mean)) * axis.precision;
    const range = this.#box.range + 0.5 * away * away;
    return Math.min(mostRates, Math.round(6 + 0.7 * Math.sqrt(range)));
  }

  #sumUp(twoVariances: number): void {
    const grid = this.#grid;
    const rows = grid.sizeDp;
    const columns = grid.sizeD;
    const best = this.#best;
    const sums = this.#sums;
    bestOverF(grid, this.#least, this.#most, best);
    let peak = 0;
    for (let m = 0; m < rows * columns; m++) if (best[m] > peak) peak = best[m];
    const floor = peak - depth * twoVariances;
    let mass = 0;
    let D1 = 0;
    let D2 = 0;
    let f1 = 0;
    let f2 = 0;
    let Dp1 = 0;
    let Dp2 = 0;
    let S1 = 0;
    for (let i = 0; i < rows; i++) {
      const Dp = grid.Dp[i];
      for (let j = 0; j < columns; j++) {
        if (best[i * columns + j] < floor) continue;
        this.#overF(i, j, peak, floor, twoVariances);
        const D = grid.D[j];
        const weight = this.#weightsDp[i] * this.#weightsD[j];
        const pair = weight * sums[0];
        mass += pair;
        f1 += weight * sums[1];
        f2 += weight * sums[2];
        S1 += weight * sums[3];
        D1 += pair * D;
        D2 += pair * D * D;
        Dp1 += pair * Dp;
        Dp2 += pair * Dp * Dp;
      }
    }
    const over = 1 / mass;
    this.D = D1 * over;
    this.f = f1 * over;
    this.Dp = Dp1 * over;
    this.S0 = S1 * over;
    this.sdD = Math.sqrt(Math.max(0, D2 * over - this.D * this.D));
    this.sdF = Math.sqrt(Math.max(0, f2 * over - this.f * this.f));
    this.sdDp = Math.sqrt(Math.max(0, Dp2 * over - this.Dp * this.Dp));
  }

  /** Integrates over f for one pair of rates, into `#sums`. */
  #overF(i: number, j: number, peak: number, floor: number, twoVariances: number): void {
    const { xu, xv, uu, vv, uv, sizeD } = this.#grid;
    const p = xu[i];
    const q = xv[j];
    const normU = uu[i];
    const normV = vv[j];
    const cross = uv[i * sizeD + j];
    // s = v + f (u - v), so x.s = q + f slope and |s|² = normV + f (bend + f spread).
    const slope = p - q;
    const bend = 2 * (cross - normV);
    const spread = normU - 2 * cross + normV;
    let from = this.#least;
    let to = this.#most;
    let steepness = this.#axisF.precision * this.#axisF.precision;
    const determinant = normU * normV - cross * cross;
    const alpha = normV * p - cross * q;
    const beta = normU * q - cross * p;
    const sum = alpha + beta;
    if (determinant > sameDecay * normU * normV && sum > 0) {
      // With phi the angle between s and x's projection, of squared length `top`, (x.s)² / |s|² = top cos² phi;
      // tan phi = d sqrt(determinant) / (|s|² + d tilt) at the distance d from the projection's f.
      const top = (p * alpha + q * beta) / determinant;
      const centre = alpha / sum;
      const norm = normV + centre * (bend + centre * spread);
      const root = Math.sqrt(determinant);
      if (floor > 0) {
        const tangent = Math.sqrt(Math.max(0, top - floor) / floor);
        const tilt = tangent * (0.5 * bend + centre * spread);
        if (root > tilt) to = Math.min(to, centre + (tangent * norm) / (root - tilt));
        if (root > -tilt) from = Math.max(from, centre - (tangent * norm) / (root + tilt));
      }
      steepness += (2 * top * determinant) / (twoVariances * norm * norm);
    } else {
      steepness += (2 * peak) / twoVariances;
    }
    const half = Math.max(0, to - from) / 2;
    const middle = (to + from) / 2;
    const nodes = half === 0 ? 1 : Math.min(mostFractions, 3 + Math.floor(2 * half * Math.sqrt(steepness)));
    const rule = this.#rules[nodes];
    const flat = !this.#axisF.logarithmic && this.#axisF.precision === 0;
    const inverse = 1 / twoVariances;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let sS = 0;
    for (let k = 0; k < nodes; k++) {
      const f = middle + half * rule.nodes[k];
      const along = q + f * slope;
      const norm = normV + f * (bend + f * spread);
      const S0 = along / norm;
      let w = (rule.weights[k] * expOfMinus((peak - along * S0) * inverse)) / Math.sqrt(norm);
      if (!flat) w *= this.#priorOfF(f);
      s0 += w;
      s1 += w * f;
      s2 += w * f * f;
      sS += w * S0;
    }
    // A constant f has no interval to integrate over.
    const scale = this.#most > this.#least ? half : 1;
    const sums = this.#sums;
    sums[0] = s0 * scale;
    sums[1] = s1 * scale;
    sums[2] = s2 * scale;
    sums[3] = sS * scale;
  }

  /** Density of the prior per unit of f. */
  #priorOfF(f: number): number {
    return this.#axisF.logarithmic ? 1 / f : densityAt(this.#axisF, f);
  }
}
