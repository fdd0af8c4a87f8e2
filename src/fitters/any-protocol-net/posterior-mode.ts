import type { Distribution, TissuePrior } from '../../contracts/fitter.ts';
import { InputError } from '../../contracts/input-error.ts';
import { expOfMinus } from '../../solvers/exponential.ts';
import { gaussLegendre, placeNodes, priorAxis, valueAt } from '../../solvers/quadrature.ts';
import type { PriorAxis } from '../../solvers/quadrature.ts';

/** Nodes per parameter: averages over the prior are then accurate to a percent, which is enough for scales. */
const NODES = 6;

/** Nodes and weights of one parameter, with weights that add up to 1, and the moments and bounds of its distribution. */
interface PriorNodes {
  readonly values: Float64Array;
  readonly weights: Float64Array;
  readonly mean: number;
  readonly sd: number;
  readonly low: number;
  readonly high: number;
  /** Coordinate in which the prior is uniform or normal, and its mean and standard deviation there. */
  readonly axis: PriorAxis;
  readonly middle: number;
  readonly spread: number;
}

/** Number of functions of the tissue that are estimated linearly: all powers and products of D, f and Dp up to the second. */
export const FUNCTIONS = 9;

/**
 * A sample of tissue to average over: nodes and weights of a quadrature rule over the prior, and at every node nine functions
 * of the tissue that are orthonormal under it: D, f and Dp themselves, centred and in units of their standard deviations, then
 * their squares and products.
 */
export class PriorGrid {
  readonly D: PriorNodes;
  readonly f: PriorNodes;
  readonly Dp: PriorNodes;
  /** Per node, D slowest and Dp fastest. */
  readonly weights: Float64Array;
  /** nodes x FUNCTIONS, row-major. */
  readonly functions: Float64Array;

  /** @throws InputError if a parameter is constant, since nothing can be learnt about it */
  constructor(prior: TissuePrior) {
    this.D = nodesOf(prior.D, 'D', Infinity);
    this.f = nodesOf(prior.f, 'f', 1);
    this.Dp = nodesOf(prior.Dp, 'Dp', Infinity);
    this.weights = new Float64Array(NODES ** 3);
    const columns = Array.from({ length: FUNCTIONS + 1 }, () => new Float64Array(NODES ** 3));
    let at = 0;
    for (let i = 0; i < NODES; i++) {
      for (let j = 0; j < NODES; j++) {
        for (let k = 0; k < NODES; k++, at++) {
          const x = (this.D.values[i] - this.D.mean) / this.D.sd;
          const y = (this.f.values[j] - this.f.mean) / this.f.sd;
          const z = (this.Dp.values[k] - this.Dp.mean) / this.Dp.sd;
          this.weights[at] = this.D.weights[i] * this.f.weights[j] * this.Dp.weights[k];
          [1, x, y, z, x * x, y * y, z * z, x * y, x * z, y * z].forEach((value, c) => {
            columns[c][at] = value;
          });
        }
      }
    }
    orthonormalise(columns, this.weights);
    this.functions = new Float64Array(NODES ** 3 * FUNCTIONS);
    for (let m = 0; m < NODES ** 3; m++) {
      for (let c = 0; c < FUNCTIONS; c++) this.functions[m * FUNCTIONS + c] = columns[c + 1][m];
    }
  }
}

function nodesOf(distribution: Distribution, name: string, most: number): PriorNodes {
  const axis = priorAxis(distribution, 0, most);
  if (!(axis.high > axis.low)) {
    throw new InputError(`any-protocol-net: ${name} of the tissue is constant; allowed: a distribution`);
  }
  const values = new Float64Array(NODES);
  const weights = new Float64Array(NODES);
  placeNodes(axis, gaussLegendre(NODES), axis.low, axis.high, values, weights);
  const sum = weights.reduce((all, weight) => all + weight);
  for (let k = 0; k < NODES; k++) weights[k] /= sum;
  const ofValue = moments(values, weights);
  const ofCoordinate = moments(axis.logarithmic ? values.map(Math.log) : values, weights);
  return {
    values,
    weights,
    mean: ofValue.mean,
    sd: ofValue.sd,
    low: valueAt(axis, axis.low),
    high: valueAt(axis, axis.high),
    axis,
    middle: ofCoordinate.mean,
    spread: ofCoordinate.sd,
  };
}

function moments(values: Float64Array, weights: Float64Array): { mean: number; sd: number } {
  const mean = values.reduce((sum, value, k) => sum + weights[k] * value, 0);
  const variance = values.reduce((sum, value, k) => sum + weights[k] * (value - mean) ** 2, 0);
  return { mean, sd: Math.sqrt(variance) };
}

/** Gram-Schmidt orthonormalisation, applied twice because of rounding. */
function orthonormalise(columns: readonly Float64Array[], weights: Float64Array): void {
  const dot = (a: Float64Array, b: Float64Array) => weights.reduce((sum, w, m) => sum + w * a[m] * b[m], 0);
  columns.forEach((column, c) => {
    for (const other of [...columns.slice(0, c), ...columns.slice(0, c)]) {
      const along = dot(column, other);
      for (let m = 0; m < column.length; m++) column[m] -= along * other[m];
    }
    const norm = Math.sqrt(dot(column, column));
    for (let m = 0; m < column.length; m++) column[m] /= norm;
  });
}

/** Number of steps of the search: more make little difference unless the signals carry almost no information. */
const STEPS = 5;

/**
 * The mode of the posterior under a normal prior with the mean and the variance of the true one, by a few Gauss-Newton steps
 * inside the true bounds, with S0 eliminated (variable projection, Kaufman 1975); also the standard deviations and correlations
 * from the curvature there. The network's outputs are relative to it.
 *
 * Its coordinates are those of the prior's axes (a logarithm where the prior is log-uniform), centred, in units of their
 * standard deviations.
 */
export class PosteriorMode {
  /** After `find`, in the coordinates above: D, f, Dp. */
  readonly u = new Float64Array(3);
  /** After `find`: D, f and Dp, and their standard deviations in the unit of each. */
  readonly value = new Float64Array(3);
  readonly sd = new Float64Array(3);
  /** After `find`: standard deviations in the coordinates above, and the correlations of D and f, D and Dp, f and Dp. */
  readonly spread = new Float64Array(3);
  readonly correlation = new Float64Array(3);

  readonly #bValues: Float64Array;
  readonly #shares: Float64Array;
  readonly #axes: readonly PriorNodes[];
  readonly #low: readonly number[];
  readonly #high: readonly number[];
  /** F + I, where F is the Fisher information: DD, fD, ff, DpD, Dpf, DpDp; and the gradient. */
  readonly #curvature = new Float64Array(6);
  readonly #gradient = new Float64Array(3);

  /** @param shares see `rootShares` */
  constructor(bValues: Float64Array, shares: Float64Array, grid: PriorGrid) {
    this.#bValues = bValues;
    this.#shares = shares;
    this.#axes = [grid.D, grid.f, grid.Dp];
    this.#low = this.#axes.map(({ axis, middle, spread }) => (axis.low - middle) / spread);
    this.#high = this.#axes.map(({ axis, middle, spread }) => (axis.high - middle) / spread);
  }

  /**
   * Starts from the tissue `from` (D, f, Dp).
   * @param norm of the weighted signals
   * @param noise relative to that norm
   */
  find(values: Float64Array, offset: number, norm: number, noise: number, from: Float64Array): void {
    const { u } = this;
    for (let j = 0; j < 3; j++) {
      const { axis, middle, spread, low, high } = this.#axes[j];
      const inside = from[j] < low ? low : from[j] > high ? high : from[j];
      u[j] = ((axis.logarithmic ? Math.log(inside) : inside) - middle) / spread;
    }
    this.#place();
    const precision = 1 / (noise * noise * norm * norm);
    for (let step = 0; step < STEPS; step++) {
      this.#sumUp(values, offset, precision);
      this.#step();
      this.#place();
    }
    this.#sumUp(values, offset, precision);
    this.#deviate();
  }

  /** Converts the coordinates to the parameters. */
  #place(): void {
    for (let j = 0; j < 3; j++) {
      const { axis, middle, spread } = this.#axes[j];
      const t = middle + spread * this.u[j];
      this.value[j] = axis.logarithmic ? Math.exp(t) : t;
    }
  }

  /** Returns the derivative of a parameter by its coordinate. */
  #slope(j: number): number {
    const { axis, spread } = this.#axes[j];
    return axis.logarithmic ? spread * this.value[j] : spread;
  }

  /** Computes curvature and gradient of the negative log posterior at the current tissue. */
  #sumUp(values: Float64Array, offset: number, precision: number): void {
    const D = this.value[0];
    const f = this.value[1];
    const Dp = this.value[2];
    const perD = this.#slope(0);
    const perF = this.#slope(1);
    const perDp = this.#slope(2);
    const bValues = this.#bValues;
    const shares = this.#shares;
    let ss = 0;
    let sx = 0;
    let Ds = 0;
    let fs = 0;
    let Ps = 0;
    let Dx = 0;
    let fx = 0;
    let Px = 0;
    let DD = 0;
    let fD = 0;
    let ff = 0;
    let PD = 0;
    let Pf = 0;
    let PP = 0;
    for (let k = 0; k < bValues.length; k++) {
      const b = bValues[k];
      const share = shares[k];
      const fast = share * expOfMinus(b * Dp);
      const slow = share * expOfMinus(b * D);
      const x = share * values[offset + k];
      const s = slow + f * (fast - slow);
      const byD = -b * (1 - f) * slow * perD;
      const byF = (fast - slow) * perF;
      const byDp = -b * f * fast * perDp;
      ss += s * s;
      sx += s * x;
      Ds += byD * s;
      fs += byF * s;
      Ps += byDp * s;
      Dx += byD * x;
      fx += byF * x;
      Px += byDp * x;
      DD += byD * byD;
      fD += byF * byD;
      ff += byF * byF;
      PD += byDp * byD;
      Pf += byDp * byF;
      PP += byDp * byDp;
    }
    const S0 = sx / ss;
    const per = precision * S0 * S0;
    const curvature = this.#curvature;
    curvature[0] = per * (DD - (Ds * Ds) / ss) + 1;
    curvature[1] = per * (fD - (fs * Ds) / ss);
    curvature[2] = per * (ff - (fs * fs) / ss) + 1;
    curvature[3] = per * (PD - (Ps * Ds) / ss);
    curvature[4] = per * (Pf - (Ps * fs) / ss);
    curvature[5] = per * (PP - (Ps * Ps) / ss) + 1;
    const { u } = this;
    const gradient = this.#gradient;
    gradient[0] = precision * S0 * (Dx - S0 * Ds) - u[0];
    gradient[1] = precision * S0 * (fx - S0 * fs) - u[1];
    gradient[2] = precision * S0 * (Px - S0 * Ps) - u[2];
  }

  /** Takes one Gauss-Newton step, limited to the prior's bounds. */
  #step(): void {
    const c = this.#curvature;
    const [DD, fD, ff, PD, Pf, PP] = [c[0], c[1], c[2], c[3], c[4], c[5]];
    const g = this.#gradient;
    const [gD, gF, gP] = [g[0], g[1], g[2]];
    const ofD = ff * PP - Pf * Pf;
    const ofFD = Pf * PD - fD * PP;
    const ofPD = fD * Pf - ff * PD;
    const ofF = DD * PP - PD * PD;
    const ofPf = fD * PD - DD * Pf;
    const ofP = DD * ff - fD * fD;
    const per = 1 / (DD * ofD + fD * ofFD + PD * ofPD);
    this.#move(0, per * (ofD * gD + ofFD * gF + ofPD * gP));
    this.#move(1, per * (ofFD * gD + ofF * gF + ofPf * gP));
    this.#move(2, per * (ofPD * gD + ofPf * gF + ofP * gP));
  }

  #move(j: number, by: number): void {
    const to = this.u[j] + by;
    // Signals of no tissue can give steps that are NaN, which are ignored.
    if (to >= this.#low[j]) this.u[j] = to < this.#high[j] ? to : this.#high[j];
    else if (to < this.#low[j]) this.u[j] = this.#low[j];
  }

  #deviate(): void {
    const c = this.#curvature;
    const [DD, fD, ff, PD, Pf, PP] = [c[0], c[1], c[2], c[3], c[4], c[5]];
    const ofD = ff * PP - Pf * Pf;
    const ofF = DD * PP - PD * PD;
    const ofP = DD * ff - fD * fD;
    const determinant = DD * ofD + fD * (Pf * PD - fD * PP) + PD * (fD * Pf - ff * PD);
    const { spread, correlation, sd } = this;
    spread[0] = Math.sqrt(ofD / determinant);
    spread[1] = Math.sqrt(ofF / determinant);
    spread[2] = Math.sqrt(ofP / determinant);
    correlation[0] = (Pf * PD - fD * PP) / Math.sqrt(ofD * ofF);
    correlation[1] = (fD * Pf - ff * PD) / Math.sqrt(ofD * ofP);
    correlation[2] = (fD * PD - DD * Pf) / Math.sqrt(ofF * ofP);
    for (let j = 0; j < 3; j++) sd[j] = spread[j] * this.#slope(j);
  }

  /**
   * Returns the distance from the mode to the lower bound of the prior, in standard deviations; `roomAbove` to the upper one.
   */
  roomBelow(j: number): number {
    return (this.u[j] - this.#low[j]) / this.spread[j];
  }

  roomAbove(j: number): number {
    return (this.#high[j] - this.u[j]) / this.spread[j];
  }
}
