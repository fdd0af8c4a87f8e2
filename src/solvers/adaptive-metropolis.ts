import { Cholesky } from './cholesky.ts';
import { EffectiveSize } from './effective-size.ts';
import type { ParameterBounds } from './bounds.ts';
import type { VoxelRandom } from '../random/voxel-random.ts';

/** Optimal step length of a random walk in three dimensions, relative to the width of the target (Gelman et al. 1996). */
const BEST_SCALE = 2.38 / Math.sqrt(3);
/** Every n-th step is longer, so that a walk adapted to a ridge can leave it. */
const LONG_EVERY = 10;
const LONGER = 4;
/** Where the target has narrow and wide parts, every third step is shorter, so that the walk moves in both. */
const SHORT_EVERY = 3;
const SHORTER = 0.2;
/** Target acceptance rate. */
const WANTED = 0.3;
/** The adapted covariance never falls below this fraction of the covariance at the start. */
const LEAST_SHARE = 1e-3;
/** Variance of a uniform distribution of width 1. */
const UNIFORM = 1 / 12;

/** What is sampled: the logarithm of a density of three coordinates up to a constant, and S0 at the last point evaluated. */
export interface WalkedDensity {
  log(a: number, b: number, c: number): number;
  readonly S0: number;
}

/**
 * Random-walk Metropolis over (D, f, Dp), or three functions of them, with Gaussian steps. A proposal x' is accepted with probability
 * min(1, p(x') / p(x)); those outside the box are rejected (folding them back would favour one direction, because
 * their components are correlated). The covariance of the steps begins as that of the least-squares fit, at most as wide
 * as the prior; halfway through the burn-in it becomes that of the walk so far (Haario, Saksman and Tamminen, Bernoulli
 * 2001;7:223, equation 1), and its scale is tuned to an acceptance of 0.3. After the burn-in it is fixed, so that the
 * samples come from the posterior. Allocates nothing per voxel.
 */
export class AdaptiveMetropolis {
  /** Means and standard deviations of the three coordinates over the samples, after `run`. */
  readonly mean = new Float64Array(3);
  readonly sd = new Float64Array(3);
  /** The most probable sample. */
  readonly mode = new Float64Array(3);
  /** The samples, one array per coordinate, if they are kept. */
  readonly samples: readonly Float64Array[];
  /** Means of S0, and S0 at the mode. */
  meanS0 = 0;
  modeS0 = 0;
  /** Share of the steps after the burn-in that were accepted. */
  acceptance = 0;
  /** Number of samples that were taken. */
  count = 0;
  /** How many independent samples the coordinate that has fewest is worth (`EffectiveSize`); NaN without `until`. */
  effective = NaN;

  readonly #posterior: WalkedDensity;
  readonly #random: VoxelRandom;
  readonly #lower: Float64Array;
  readonly #upper: Float64Array;
  readonly #burnIn: number;
  readonly #short: boolean;
  readonly #fewest: number;
  readonly #most: number;
  readonly #wanted: number;
  readonly #size: EffectiveSize | undefined;
  readonly #cholesky = new Cholesky(3);
  readonly #none = new Uint8Array(3);
  readonly #precision = new Float64Array(9);
  readonly #covariance = new Float64Array(9);
  readonly #inverse = new Float64Array(9);
  readonly #column = new Float64Array(3);
  readonly #x = new Float64Array(3);
  readonly #next = new Float64Array(3);
  readonly #z = new Float64Array(3);
  readonly #step = new Float64Array(3);
  readonly #sum = new Float64Array(3);
  readonly #squares = new Float64Array(9);
  readonly #origin = new Float64Array(3);

  constructor(
    posterior: WalkedDensity,
    random: VoxelRandom,
    { D, f, Dp }: ParameterBounds,
    steps: {
      readonly burnIn: number;
      readonly samples: number;
      readonly keep?: boolean;
      readonly short?: boolean;
      /** Walk on, twice as long each time, until every coordinate has that many independent samples, at most `most` steps. */
      readonly until?: { readonly effective: number; readonly most: number };
    },
  ) {
    this.#posterior = posterior;
    this.#random = random;
    this.#lower = Float64Array.of(D[0], f[0], Dp[0]);
    this.#upper = Float64Array.of(D[1], f[1], Dp[1]);
    this.#burnIn = steps.burnIn;
    this.#short = steps.short === true;
    this.#fewest = steps.samples;
    this.#most = Math.max(steps.samples, steps.until?.most ?? 0);
    this.#wanted = steps.until?.effective ?? 0;
    const keep = steps.keep === true || steps.until !== undefined;
    this.samples = keep ? [0, 1, 2].map(() => new Float64Array(this.#most)) : [];
    this.#size = steps.until && new EffectiveSize();
  }

  /**
   * Samples from a start inside the box.
   *
   * @param precision 3 x 3, row-major, positive semidefinite: inverse of the covariance of the least-squares fit
   * @returns false if the start has no probability or no step was accepted
   */
  run(D: number, f: number, Dp: number, precision: Float64Array): boolean {
    const x = this.#x;
    x[0] = D;
    x[1] = f;
    x[2] = Dp;
    let value = this.#posterior.log(D, f, Dp);
    let S0 = this.#posterior.S0;
    if (!(value > -Infinity)) return false;
    this.#begin(precision);
    this.#forget();
    let logScale = 0;
    let accepted = 0;
    let sumS0 = 0;
    let best = -Infinity;
    const half = this.#burnIn >> 1;
    this.count = this.#fewest;
    this.effective = NaN;
    for (let t = 0; t < this.#burnIn + this.count || this.#walksOn(); t++) {
      if (t === half) this.#learn();
      if (t === half || t === this.#burnIn) this.#forget();
      const scale = BEST_SCALE * Math.exp(logScale) * this.#stretch(t);
      this.#propose(scale);
      const next = this.#next;
      const candidate = this.#posterior.log(next[0], next[1], next[2]);
      const likelier = candidate - value;
      const taken = likelier >= 0 || this.#random.uniform() < Math.exp(likelier);
      if (taken) {
        x.set(next);
        value = candidate;
        S0 = this.#posterior.S0;
      }
      this.#remember();
      if (t < this.#burnIn) {
        // Stochastic approximation with decreasing steps (Robbins and Monro 1951).
        logScale += ((taken ? 1 : 0) - WANTED) * (4 / Math.sqrt(t + 16));
        continue;
      }
      if (taken) accepted++;
      for (let c = 0; c < this.samples.length; c++) this.samples[c][t - this.#burnIn] = x[c];
      sumS0 += S0;
      if (value > best) {
        best = value;
        this.mode.set(x);
        this.modeS0 = S0;
      }
    }
    this.acceptance = accepted / this.count;
    this.meanS0 = sumS0 / this.count;
    for (let i = 0; i < 3; i++) {
      const away = this.#sum[i] / this.count;
      this.mean[i] = this.#origin[i] + away;
      this.sd[i] = Math.sqrt(Math.max(0, this.#squares[4 * i] / this.count - away * away));
    }
    return accepted > 0;
  }

  /** Whether the samples so far are worth too few, and there may be more: as many again. */
  #walksOn(): boolean {
    if (!this.#size) return false;
    this.effective = Infinity;
    for (const each of this.samples) {
      this.effective = Math.min(this.effective, this.#size.of(each, this.count));
    }
    if (this.effective >= this.#wanted || this.count >= this.#most) return false;
    this.count = Math.min(this.#most, 2 * this.count);
    return true;
  }

  #stretch(t: number): number {
    if (t % LONG_EVERY === 0) return LONGER;
    return this.#short && t % SHORT_EVERY === 1 ? SHORTER : 1;
  }

  /** Computes the initial covariance: its inverse is the sum of the precision and that of a uniform prior over the box. */
  #begin(precision: Float64Array): void {
    this.#precision.set(precision);
    for (let i = 0; i < 3; i++) {
      const width = this.#upper[i] - this.#lower[i];
      this.#precision[4 * i] += 1 / (UNIFORM * width * width);
    }
    this.#invert(this.#precision, this.#covariance);
    this.#cholesky.factorise(this.#precision, this.#none);
  }

  /** Sets the covariance to that of the walk so far, plus a fraction of the initial one to keep it regular. */
  #learn(): void {
    const count = Math.max(1, this.#burnIn >> 1);
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 3; j++) {
        const spread = this.#squares[3 * i + j] / count - (this.#sum[i] / count) * (this.#sum[j] / count);
        this.#inverse[3 * i + j] = spread + LEAST_SHARE * this.#covariance[3 * i + j];
      }
    }
    if (!this.#invert(this.#inverse, this.#precision)) return;
    this.#cholesky.factorise(this.#precision, this.#none);
  }

  /** Writes the inverse of `from` into `to`. @returns false if it is singular */
  #invert(from: Float64Array, to: Float64Array): boolean {
    if (!this.#cholesky.factorise(from, this.#none)) return false;
    for (let j = 0; j < 3; j++) {
      this.#column.fill(0);
      this.#column[j] = 1;
      this.#cholesky.solve(this.#column, this.#column);
      for (let i = 0; i < 3; i++) to[3 * i + j] = this.#column[i];
    }
    return true;
  }

  #propose(scale: number): void {
    const z = this.#z;
    for (let i = 0; i < 3; i++) z[i] = this.#random.gaussian();
    this.#cholesky.spread(z, this.#step);
    for (let i = 0; i < 3; i++) this.#next[i] = this.#x[i] + scale * this.#step[i];
  }

  /** Restarts the sums around the current position: far from it, differences of squares would lose precision. */
  #forget(): void {
    this.#origin.set(this.#x);
    this.#sum.fill(0);
    this.#squares.fill(0);
  }

  #remember(): void {
    const a = this.#x[0] - this.#origin[0];
    const b = this.#x[1] - this.#origin[1];
    const c = this.#x[2] - this.#origin[2];
    const sum = this.#sum;
    const squares = this.#squares;
    sum[0] += a;
    sum[1] += b;
    sum[2] += c;
    squares[0] += a * a;
    squares[1] = squares[3] += a * b;
    squares[2] = squares[6] += a * c;
    squares[4] += b * b;
    squares[5] = squares[7] += b * c;
    squares[8] += c * c;
  }
}
