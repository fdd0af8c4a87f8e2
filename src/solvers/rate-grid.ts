import { expOfMinus } from './exponential.ts';

/**
 * The inner products that a bi-exponential decay f u + (1 - f) v needs, for every pair of a rate Dp (decay u) and
 * a rate D (decay v) on a grid. The best f of a pair and its sum of squares follow from them.
 */
export class RateGrid {
  readonly Dp: Float64Array;
  readonly D: Float64Array;
  /** u.u per Dp, v.v per D, and u.v per pair, Dp-major. */
  readonly uu: Float64Array;
  readonly vv: Float64Array;
  readonly uv: Float64Array;
  /** x.u per Dp and x.v per D of the voxel last projected. */
  readonly xu: Float64Array;
  readonly xv: Float64Array;
  /** Number of rates of each kind in use. */
  sizeDp = 0;
  sizeD = 0;
  /** The decays themselves, rates x b-values. */
  readonly u: Float64Array;
  readonly v: Float64Array;
  readonly #b: Float64Array;
  readonly #roots: Float64Array;

  /**
   * @param most the largest number of rates of either kind
   * @param roots what decays are multiplied with, as signals are: roots of the weights of the signals; absent: 1
   */
  constructor(
    bValues: Float64Array,
    most: number,
    roots: Float64Array = new Float64Array(bValues.length).fill(1),
  ) {
    this.#b = bValues;
    this.#roots = roots;
    this.Dp = new Float64Array(most);
    this.D = new Float64Array(most);
    this.uu = new Float64Array(most);
    this.vv = new Float64Array(most);
    this.uv = new Float64Array(most * most);
    this.xu = new Float64Array(most);
    this.xv = new Float64Array(most);
    this.u = new Float64Array(most * bValues.length);
    this.v = new Float64Array(most * bValues.length);
  }

  /** Computes the decays and their inner products for the rates now in `Dp` and `D`. */
  update(sizeDp: number, sizeD: number): void {
    this.sizeDp = sizeDp;
    this.sizeD = sizeD;
    decays(this.#b, this.#roots, this.Dp, sizeDp, this.u, this.uu);
    decays(this.#b, this.#roots, this.D, sizeD, this.v, this.vv);
    const width = this.#b.length;
    const { u, v } = this;
    for (let i = 0; i < sizeDp; i++) {
      for (let j = 0; j < sizeD; j++) {
        let sum = 0;
        for (let k = 0; k < width; k++) sum += u[i * width + k] * v[j * width + k];
        this.uv[i * sizeD + j] = sum;
      }
    }
  }

  /** Projects the signals that start at `offset` on every decay. */
  project(values: Float64Array, offset: number): void {
    projections(values, offset, this.#b.length, this.u, this.sizeDp, this.xu);
    projections(values, offset, this.#b.length, this.v, this.sizeD, this.xv);
  }
}

function decays(
  b: Float64Array,
  roots: Float64Array,
  rates: Float64Array,
  size: number,
  to: Float64Array,
  norms: Float64Array,
) {
  const width = b.length;
  for (let i = 0; i < size; i++) {
    let norm = 0;
    for (let k = 0; k < width; k++) {
      const decay = roots[k] * expOfMinus(b[k] * rates[i]);
      to[i * width + k] = decay;
      norm += decay * decay;
    }
    norms[i] = norm;
  }
}

function projections(
  x: Float64Array,
  offset: number,
  width: number,
  decay: Float64Array,
  size: number,
  to: Float64Array,
) {
  for (let i = 0; i < size; i++) {
    let sum = 0;
    for (let k = 0; k < width; k++) sum += x[offset + k] * decay[i * width + k];
    to[i] = sum;
  }
}

/**
 * Two decays count as one if the determinant of their inner products is at most this fraction of the product of their norms.
 */
export const sameDecay = 1e-13;

/**
 * For every pair of rates of the grid, the largest (x.s)² / |s|² that s = f u + (1 - f) v reaches over least <= f
 * <= most: the squared length of x's projection on the plane of the two decays if that has an allowed f,
 * otherwise the larger of the values at both ends. Written to `best`, Dp-major.
 */
export function bestOverF(grid: RateGrid, least: number, most: number, best: Float64Array): void {
  const { xu, xv, uu, vv, uv, sizeDp, sizeD } = grid;
  for (let i = 0; i < sizeDp; i++) {
    const p = xu[i];
    const normU = uu[i];
    for (let j = 0; j < sizeD; j++) {
      const q = xv[j];
      const normV = vv[j];
      const cross = uv[i * sizeD + j];
      // x's projection is (alpha u + beta v) / determinant, so f = alpha / (alpha + beta).
      const determinant = normU * normV - cross * cross;
      const alpha = normV * p - cross * q;
      const beta = normU * q - cross * p;
      const sum = alpha + beta;
      if (
        determinant > sameDecay * normU * normV &&
        (alpha - least * sum) * sum >= 0 &&
        (most * sum - alpha) * sum >= 0
      ) {
        best[i * sizeD + j] = (p * alpha + q * beta) / determinant;
        continue;
      }
      const slope = p - q;
      const bend = 2 * (cross - normV);
      const spread = normU - 2 * cross + normV;
      const low = q + least * slope;
      const high = q + most * slope;
      const atLow = (low * low) / (normV + least * (bend + least * spread));
      const atHigh = (high * high) / (normV + most * (bend + most * spread));
      best[i * sizeD + j] = atLow > atHigh ? atLow : atHigh;
    }
  }
}
