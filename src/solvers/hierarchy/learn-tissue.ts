import type { Signals } from '../../contracts/voxels.ts';
import { drawGamma } from '../../random/gamma.ts';
import type { PolarGaussian } from '../../random/polar-gaussian.ts';
import { Cholesky } from '../cholesky.ts';
import { isAllowed, USUAL } from './coordinates.ts';
import type { KnownNoise } from './known-noise.ts';
import { halfDistance, logDeterminant, type Mixture } from './mixture.ts';

/** Most kinds of tissue. Those that the voxels do not support end empty. */
const KINDS = 8;
/** Sum of the parameters of the Dirichlet prior of their shares: below the number of kinds, shares tend to 0. */
const CONCENTRATION = 1;
/**
 * How many voxels `USUAL` and the usual spread count as, for the mean of a kind and for its spread. Before any voxel is seen, a
 * standard deviation of the mean is a factor of 2 for D, 9 for the odds of f and 20 for Dp.
 */
const MEAN_COUNTS = 0.05;
const SPREAD_COUNTS = 6;
/**
 * Standard deviations of the coordinates within a kind, before any voxel is seen. Wide, because the signals say little about
 * the spread of Dp and f: with .4 for both, intervals of Dp held the truth in 74 to 89 % of the voxels of organs where these give 94 to 97 %.
 */
const USUAL_SPREAD = [0.15, 0.5, 0.7];
/** Optimal step of a random walk in three dimensions, relative to the width of its target (Gelman et al. 1996). */
const STEP = 2.38 / Math.sqrt(3);
/** Steps of each voxel between draws of the mixture. */
const STEPS = 2;
/** Sweeps of the burn-in after which the shape of steps is measured again. */
const REFRESH = 20;
const NONE = new Uint8Array(3);

export interface Sweeps {
  readonly burnIn: number;
  readonly kept: number;
  /** How many mixtures are drawn, at equal distances over the kept sweeps. */
  readonly draws: number;
}

/**
 * Learns how the tissue of voxels is distributed: draws from the posterior of a mixture of normal distributions of (log D, logit f,
 * log Dp), by Gibbs sampling over the parameters of all voxels, the kind of tissue each belongs to, and the share, mean and
 * covariance of every kind. With one kind this is the shrinkage prior of Orton et al. (Magn Reson Med 2014;71:411). The draws
 * differ by what the voxels leave open, so that their average is a prior that knows how little it knows.
 *
 * Kinds have a normal-inverse-Wishart prior (Gelman et al., Bayesian Data Analysis, 2013, section 3.6), shares a Dirichlet
 * prior. Parameters of voxels move by random-walk Metropolis with the covariance of the product of likelihood and kind. As the
 * spread of a kind shrinks, its voxels and its mean hold each other in place; one step per sweep therefore moves them all by the
 * same amount (Liu and Wu, J Am Stat Assoc 1999;94:1264).
 *
 * @param signals every voxel with its noise, and with a likelihood at `USUAL`
 * @param noise likelihood at their b-values
 */
export class TissueLearner {
  readonly #signals: Signals;
  readonly #noise: KnownNoise;
  readonly #random: PolarGaussian;
  readonly #n: number;
  /** Coordinates, log-likelihood, kind and information of the voxels. */
  readonly #u: Float64Array;
  readonly #logs: Float64Array;
  readonly #kinds: Uint8Array;
  readonly #information: Float64Array;
  readonly #weights = new Float64Array(KINDS);
  readonly #means = new Float64Array(3 * KINDS);
  readonly #precisions = new Float64Array(9 * KINDS);
  readonly #cholesky = new Cholesky(3);
  readonly #matrix = new Float64Array(9);
  readonly #z = new Float64Array(3);
  readonly #step = new Float64Array(3);
  readonly #candidate = new Float64Array(3);

  constructor(signals: Signals, noise: KnownNoise, random: PolarGaussian) {
    this.#signals = signals;
    this.#noise = noise;
    this.#random = random;
    this.#n = signals.n;
    this.#u = new Float64Array(3 * this.#n);
    this.#logs = new Float64Array(this.#n);
    this.#kinds = new Uint8Array(this.#n);
    this.#information = new Float64Array(9 * this.#n);
  }

  /** Runs the sweeps; calls `pause` after each with the share that is done. */
  async run({ burnIn, kept, draws }: Sweeps, pause: (done: number) => Promise<void>): Promise<Mixture> {
    this.#start();
    const parts: Mixture[] = [];
    const every = Math.floor(kept / draws);
    for (let t = 0; t < burnIn + kept; t++) {
      this.#drawKinds();
      this.#moveVoxels(t < burnIn && t % REFRESH === 0);
      this.#moveTogether();
      this.#choose();
      const since = t - burnIn + 1;
      if (since > 0 && since % every === 0 && parts.length < draws) parts.push(this.#current());
      await pause((t + 1) / (burnIn + kept));
    }
    return average(parts);
  }

  #measure(i: number): void {
    const width = this.#signals.bValues.length;
    this.#noise.measure(this.#signals.values, i * width, this.#signals.sigma![i]);
  }

  /** Every voxel at the most probable point of a coarse grid; kinds by rank of D. */
  #start(): void {
    const usual = { means: USUAL, precisions: diagonal(USUAL_SPREAD.map((sd) => 1 / (3 * sd) ** 2)) };
    const grid = coarseGrid();
    for (let i = 0; i < this.#n; i++) {
      this.#measure(i);
      let highest = -Infinity;
      for (let g = 0; g < grid.length; g += 3) {
        const value = this.#noise.log(grid, g) - halfDistance(usual.means, usual.precisions, 0, grid, g);
        if (value <= highest) continue;
        highest = value;
        this.#u.set(grid.subarray(g, g + 3), 3 * i);
      }
      this.#logs[i] = this.#noise.log(this.#u, 3 * i);
      this.#noise.information(this.#u, 3 * i, this.#information, 9 * i);
    }
    const order = Array.from({ length: this.#n }, (_, i) => i).sort(
      (a, b) => this.#u[3 * a] - this.#u[3 * b],
    );
    order.forEach((voxel, rank) => (this.#kinds[voxel] = Math.floor((rank * KINDS) / this.#n)));
  }

  /** Draws share, mean and precision of every kind, given its voxels. */
  #drawKinds(): void {
    let total = 0;
    for (let k = 0; k < KINDS; k++) {
      const { count, sums, products } = this.#sumsOf(k);
      this.#weights[k] = drawGamma(this.#random, CONCENTRATION / KINDS + count);
      total += this.#weights[k];
      const counts = MEAN_COUNTS + count;
      const mean = sums.map((sum, c) => (MEAN_COUNTS * USUAL[c] + sum) / counts);
      const scale = products;
      for (let r = 0; r < 3; r++) {
        for (let c = 0; c < 3; c++) {
          scale[3 * r + c] += MEAN_COUNTS * USUAL[r] * USUAL[c] - counts * mean[r] * mean[c];
        }
        scale[4 * r] += (SPREAD_COUNTS - 4) * USUAL_SPREAD[r] ** 2;
      }
      this.#drawWishart(scale, SPREAD_COUNTS + count, k);
      this.#cholesky.factorise(this.#precisions.subarray(9 * k, 9 * k + 9), NONE);
      this.#spread(1 / Math.sqrt(counts));
      for (let c = 0; c < 3; c++) this.#means[3 * k + c] = mean[c] + this.#step[c];
    }
    for (let k = 0; k < KINDS; k++) this.#weights[k] /= total;
  }

  #sumsOf(k: number): { count: number; sums: number[]; products: number[] } {
    const sums = [0, 0, 0];
    const products = new Array<number>(9).fill(0);
    let count = 0;
    for (let i = 0; i < this.#n; i++) {
      if (this.#kinds[i] !== k) continue;
      count++;
      for (let r = 0; r < 3; r++) {
        sums[r] += this.#u[3 * i + r];
        for (let c = 0; c < 3; c++) products[3 * r + c] += this.#u[3 * i + r] * this.#u[3 * i + c];
      }
    }
    return { count, sums, products };
  }

  /** Draws the precision of kind `k` from a Wishart distribution with the inverse of `scale`, by Bartlett's decomposition. */
  #drawWishart(scale: readonly number[], freedom: number, k: number): void {
    this.#matrix.set(scale);
    this.#cholesky.factorise(this.#matrix, NONE);
    // The columns of L^-T A, with A lower triangular: chi on the diagonal, standard normal below it.
    const to = this.#precisions.subarray(9 * k, 9 * k + 9).fill(0);
    for (let c = 0; c < 3; c++) {
      this.#z.fill(0);
      this.#z[c] = Math.sqrt(2 * drawGamma(this.#random, (freedom - c) / 2));
      for (let r = c + 1; r < 3; r++) this.#z[r] = this.#random.gaussian();
      this.#cholesky.spread(this.#z, this.#step);
      for (let r = 0; r < 3; r++) for (let s = 0; s < 3; s++) to[3 * r + s] += this.#step[r] * this.#step[s];
    }
  }

  /** A normal step whose covariance is the inverse of the last matrix factorised, times the square of `by`. */
  #spread(by: number): void {
    for (let c = 0; c < 3; c++) this.#z[c] = this.#random.gaussian();
    this.#cholesky.spread(this.#z, this.#step);
    for (let c = 0; c < 3; c++) this.#step[c] *= by;
  }

  #moveVoxels(refresh: boolean): void {
    const [means, precisions, candidate] = [this.#means, this.#precisions, this.#candidate];
    for (let i = 0; i < this.#n; i++) {
      this.#measure(i);
      if (refresh) this.#noise.information(this.#u, 3 * i, this.#information, 9 * i);
      const k = this.#kinds[i];
      for (let m = 0; m < 9; m++) this.#matrix[m] = this.#information[9 * i + m] + precisions[9 * k + m];
      if (!this.#cholesky.factorise(this.#matrix, NONE)) continue;
      let distance = halfDistance(means, precisions, k, this.#u, 3 * i);
      for (let s = 0; s < STEPS; s++) {
        this.#spread(STEP);
        for (let c = 0; c < 3; c++) candidate[c] = this.#u[3 * i + c] + this.#step[c];
        if (!isAllowed(candidate)) continue;
        const log = this.#noise.log(candidate);
        const further = halfDistance(means, precisions, k, candidate, 0);
        if (!this.#accepts(log - this.#logs[i] - further + distance)) continue;
        this.#u.set(candidate, 3 * i);
        this.#logs[i] = log;
        distance = further;
      }
    }
  }

  /** Moves the mean of each kind and all its voxels by one step. */
  #moveTogether(): void {
    const moved = new Float64Array(this.#n);
    for (let k = 0; k < KINDS; k++) {
      const prior = this.#precisions.subarray(9 * k, 9 * k + 9).map((each) => each * MEAN_COUNTS);
      this.#matrix.set(prior);
      let any = false;
      for (let i = 0; i < this.#n; i++) {
        if (this.#kinds[i] !== k) continue;
        any = true;
        for (let m = 0; m < 9; m++) this.#matrix[m] += this.#information[9 * i + m];
      }
      if (!any || !this.#cholesky.factorise(this.#matrix, NONE)) continue;
      this.#spread(STEP);
      const step = Float64Array.from(this.#step);
      const mean = this.#means.subarray(3 * k, 3 * k + 3);
      let gain = halfDistance(USUAL, prior, 0, mean, 0);
      gain -= halfDistance(
        USUAL,
        prior,
        0,
        mean.map((value, c) => value + step[c]),
        0,
      );
      for (let i = 0; i < this.#n && gain > -Infinity; i++) {
        if (this.#kinds[i] !== k) continue;
        for (let c = 0; c < 3; c++) this.#candidate[c] = this.#u[3 * i + c] + step[c];
        this.#measure(i);
        moved[i] = isAllowed(this.#candidate) ? this.#noise.log(this.#candidate) : -Infinity;
        gain += moved[i] - this.#logs[i];
      }
      if (!this.#accepts(gain)) continue;
      for (let c = 0; c < 3; c++) mean[c] += step[c];
      for (let i = 0; i < this.#n; i++) {
        if (this.#kinds[i] !== k) continue;
        for (let c = 0; c < 3; c++) this.#u[3 * i + c] += step[c];
        this.#logs[i] = moved[i];
      }
    }
  }

  /** Draws the kind of every voxel. */
  #choose(): void {
    const heights = this.#weights.map(
      (weight, k) => Math.log(weight) + 0.5 * logDeterminant(this.#precisions, k),
    );
    const shares = new Float64Array(KINDS);
    for (let i = 0; i < this.#n; i++) {
      let top = -Infinity;
      for (let k = 0; k < KINDS; k++) {
        shares[k] = heights[k] - halfDistance(this.#means, this.#precisions, k, this.#u, 3 * i);
        top = Math.max(top, shares[k]);
      }
      let sum = 0;
      for (let k = 0; k < KINDS; k++) sum += shares[k] = Math.exp(shares[k] - top);
      let left = this.#random.uniform() * sum;
      let kind = 0;
      while (kind < KINDS - 1 && (left -= shares[kind]) >= 0) kind++;
      this.#kinds[i] = kind;
    }
  }

  #accepts(gain: number): boolean {
    return gain >= 0 || this.#random.uniform() < Math.exp(gain);
  }

  /** The kinds that hold voxels, with shares of 1 in all. */
  #current(): Mixture {
    const held = Array.from({ length: KINDS }, (_, k) => k).filter((k) => this.#kinds.includes(k));
    const of = (all: Float64Array, size: number) =>
      Float64Array.from(held.flatMap((k) => [...all.subarray(size * k, size * (k + 1))]));
    const weights = of(this.#weights, 1);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return {
      weights: weights.map((weight) => weight / total),
      means: of(this.#means, 3),
      precisions: of(this.#precisions, 9),
    };
  }
}

/** One mixture of all draws, each with the same weight. */
function average(parts: readonly Mixture[]): Mixture {
  const joined = (pick: (part: Mixture) => Float64Array) =>
    Float64Array.from(parts.flatMap((part) => [...pick(part)]));
  return {
    weights: joined(({ weights }) => weights).map((weight) => weight / parts.length),
    means: joined(({ means }) => means),
    precisions: joined(({ precisions }) => precisions),
  };
}

const diagonal = ([a, b, c]: readonly number[]): Float64Array => Float64Array.of(a, 0, 0, 0, b, 0, 0, 0, c);

/** Points over what tissue can be, three numbers each. */
function coarseGrid(): Float64Array {
  const points = [...USUAL];
  const steps = (from: number, to: number, count: number) =>
    Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));
  for (const D of steps(Math.log(2e-4), Math.log(3.5e-3), 10)) {
    for (const f of steps(-4.5, 2, 8)) {
      for (const Dp of steps(Math.log(5e-3), Math.log(0.3), 6)) {
        if (Dp >= D) points.push(D, f, Dp);
      }
    }
  }
  return Float64Array.from(points);
}
