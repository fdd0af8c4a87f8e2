import type { ParameterBounds } from './bounds.ts';
import { DecayPowers, evenRates } from './decay-powers.ts';
import { bestOverF, RateGrid } from './rate-grid.ts';

/**
 * The residual sum of squares of every pair of rates of a fixed grid, with optimal S0 and f, for a voxel's signals including
 * b=0: from inner products that are computed once per protocol. Fits start at the minima among the pairs.
 */
export class RatePairs {
  /** Rates of the pair last chosen by `best` or `next`, mm²/s. */
  D = NaN;
  Dp = NaN;
  /** The reduction of the sum of squares by the pair. */
  gain = 0;

  readonly #grid: RateGrid;
  readonly #gains: Float64Array;
  readonly #bounds: ParameterBounds;
  #at = 0;

  /**
   * @param bValues s/mm², the first 0
   * @param size rates per axis
   */
  constructor(bValues: Float64Array, bounds: ParameterBounds, size: number) {
    const b = bValues.slice(1);
    const powers = new DecayPowers(b);
    const slow = evenRates(powers, b, bounds.D, size);
    const fast = evenRates(powers, b, bounds.Dp, size);
    this.#bounds = bounds;
    this.#grid = new RateGrid(bValues, size);
    this.#grid.D.set(slow);
    this.#grid.Dp.set(fast);
    this.#grid.update(fast.length, slow.length);
    this.#gains = new Float64Array(fast.length * slow.length);
  }

  /** Evaluates the voxel whose signals start at `offset`, and selects the best pair. */
  best(values: Float64Array, offset: number): void {
    const gains = this.#gains;
    const { f } = this.#bounds;
    this.#grid.project(values, offset);
    bestOverF(this.#grid, f[0], f[1], gains);
    let best = 0;
    for (let k = 1; k < gains.length; k++) if (gains[k] > gains[best]) best = k;
    this.#choose(best);
    this.#at = 0;
  }

  /** Selects the next pair that is better than all its neighbours; returns false if there are no more. */
  next(): boolean {
    const { sizeDp, sizeD } = this.#grid;
    for (let k = this.#at; k < sizeDp * sizeD; k++) {
      if (!this.#isPeak(Math.floor(k / sizeD), k % sizeD)) continue;
      this.#at = k + 1;
      this.#choose(k);
      return true;
    }
    return false;
  }

  #isPeak(i: number, j: number): boolean {
    const { sizeDp, sizeD } = this.#grid;
    const gains = this.#gains;
    const here = gains[i * sizeD + j];
    for (let p = Math.max(0, i - 1); p <= Math.min(sizeDp - 1, i + 1); p++) {
      for (let q = Math.max(0, j - 1); q <= Math.min(sizeD - 1, j + 1); q++) {
        const there = gains[p * sizeD + q];
        // Of equal neighbours the first counts.
        if (there > here || (there === here && p * sizeD + q < i * sizeD + j)) return false;
      }
    }
    return true;
  }

  #choose(k: number): void {
    const { sizeD, D, Dp } = this.#grid;
    this.D = D[k % sizeD];
    this.Dp = Dp[Math.floor(k / sizeD)];
    this.gain = this.#gains[k];
  }
}

/** Sweeps over the amplitudes: enough to choose the best triple, not for exact amplitudes. */
const SWEEPS = 12;

/**
 * The best of a grid of triples of rates for a sum of three decays with amplitudes from 0 up, from inner products
 * computed once per protocol. Amplitudes by projected Gauss-Seidel sweeps.
 */
export class RateTriples {
  /** Amplitudes and then rates of the best triple, after `best`. */
  readonly x = new Float64Array(6);
  readonly #b: Float64Array;
  readonly #rates: Float64Array;
  /** Index of the first rate of each of the three decays, and the end of the last. */
  readonly #begin: readonly number[];
  readonly #decays: Float64Array;
  readonly #products: Float64Array;
  readonly #y: Float64Array;
  readonly #a = new Float64Array(3);

  /**
   * @param bValues s/mm², the first 0
   * @param bounds of the three rates in mm²/s
   * @param sizes number of each
   */
  constructor(
    bValues: Float64Array,
    bounds: readonly (readonly [number, number])[],
    sizes: readonly number[],
  ) {
    const b = bValues.slice(1);
    const powers = new DecayPowers(b);
    const axes = bounds.map((ends, j) => evenRates(powers, b, ends, sizes[j]));
    const rates = axes.flatMap((axis) => [...axis]);
    const n = rates.length;
    this.#b = bValues;
    this.#rates = Float64Array.from(rates);
    this.#begin = [0, axes[0].length, axes[0].length + axes[1].length, n];
    this.#decays = Float64Array.from(rates.flatMap((rate) => [...bValues].map((b) => Math.exp(-b * rate))));
    this.#products = new Float64Array(n * n);
    this.#y = new Float64Array(n);
    const m = bValues.length;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        for (let k = 0; k < m; k++)
          this.#products[i * n + j] += this.#decays[i * m + k] * this.#decays[j * m + k];
      }
    }
  }

  /** Evaluates the voxel whose signals start at `offset`. */
  best(values: Float64Array, offset: number): void {
    const m = this.#b.length;
    const y = this.#y;
    const a = this.#a;
    const [first, second, third, end] = this.#begin;
    for (let i = 0; i < end; i++) {
      y[i] = 0;
      for (let k = 0; k < m; k++) y[i] += this.#decays[i * m + k] * values[offset + k];
    }
    let least = Infinity;
    for (let i = first; i < second; i++) {
      for (let j = second; j < third; j++) {
        for (let k = third; k < end; k++) {
          const value = this.#fit(i, j, k);
          if (!(value < least)) continue;
          least = value;
          this.x.set(a);
          this.x[3] = this.#rates[i];
          this.x[4] = this.#rates[j];
          this.x[5] = this.#rates[k];
        }
      }
    }
  }

  /** Finds the amplitudes of a triple. @returns half the sum of squares minus that of the signals */
  #fit(i: number, j: number, k: number): number {
    const n = this.#rates.length;
    const P = this.#products;
    const yi = this.#y[i];
    const yj = this.#y[j];
    const yk = this.#y[k];
    const ii = P[i * n + i];
    const jj = P[j * n + j];
    const kk = P[k * n + k];
    const ij = P[i * n + j];
    const ik = P[i * n + k];
    const jk = P[j * n + k];
    let a = Math.max(0, yi / ii);
    let c = 0;
    let d = 0;
    for (let sweep = 0; sweep < SWEEPS; sweep++) {
      c = Math.max(0, (yj - ij * a - jk * d) / jj);
      d = Math.max(0, (yk - ik * a - jk * c) / kk);
      a = Math.max(0, (yi - ij * c - ik * d) / ii);
    }
    this.#a[0] = a;
    this.#a[1] = c;
    this.#a[2] = d;
    const square = a * a * ii + c * c * jj + d * d * kk;
    return 0.5 * square + a * c * ij + a * d * ik + c * d * jk - a * yi - c * yj - d * yk;
  }
}
