import { BoundedNewton } from './bounded-newton.ts';
import { IvimPosterior } from './ivim-posterior.ts';
import type { PriorDensities } from './prior-densities.ts';

/** Rates below exp(-30), and fractions as near to 0 or 1, can't be told from the bound. */
const furthest = 30;
const mostSteps = 200;
/** How near to a bound counts as on it. */
const nearBound = 1e-8;
/** Rates closer than this in log, and logits beyond that, leave little but a single decay. */
const sameRate = 0.1;
const nearlyAll = 6;
/** Which of (Dp, D, f) the further starts take from the data (1) rather than from the prior (0). */
const combinations = Uint8Array.of(0, 0, 1, 0, 1, 0, 0, 1, 1, 1, 0, 0, 1, 0, 1, 1, 1, 0);
/** How far from the prior's centre starts are made, in its standard deviations of log Dp. */
const deviationsAside = 1.5;
/** Searches there can be for one voxel: data, prior, their combinations, the prior's centre and high side. */
const mostSearches = 2 + combinations.length / 3 + 2;

/**
 * The global minimum of the study's negative log posterior of a voxel, by Newton's method from several starts.
 * From the least-squares answer it finds what the data insist on. From the prior's centre, with Dp on its low side,
 * it finds what the prior suggests where the data say little; on the low side because least squares err towards high
 * Dp (of 100,000 voxels of the study's kind, 26 were missed from the centre, 3 so). Where these two end apart, or
 * the answer contradicts the prior so much that a density is at its floor, minima abound, and more starts are made.
 */
export class MapSearch {
  /** The answer, after `run`: rates in mm²/s. */
  Dp = NaN;
  D = NaN;
  f = NaN;
  /** Negative log posterior at the answer. */
  value = Infinity;
  converged = false;
  atBound = false;
  /** Standard deviations, after `deviate`; NaN at a bound. */
  sdDp = NaN;
  sdD = NaN;
  sdF = NaN;

  readonly #posterior: IvimPosterior;
  readonly #newton = new BoundedNewton([-furthest, 0, -furthest], [0, furthest, furthest]);
  readonly #start = new Float64Array(3);
  readonly #centre = new Float64Array(3);
  readonly #aside: number;
  readonly #best = new Float64Array(3);
  readonly #minima = new Float64Array(3 * mostSearches);
  #found = 0;

  /** @param b b-values without 0, s/mm² */
  constructor(b: Float64Array, prior: PriorDensities) {
    this.#posterior = new IvimPosterior(b, prior);
    place(this.#centre, prior.Dp.median, prior.D.median, prior.f.a / (prior.f.a + prior.f.b));
    this.#aside = deviationsAside * prior.Dp.sigma;
  }

  /**
   * Fits the voxel whose signals, b=0 left out, start at `offset`.
   *
   * @param Dp,D,f the least-squares answer; NaN where there is none
   */
  run(values: Float64Array, offset: number, Dp: number, D: number, f: number): void {
    const start = this.#start;
    const centre = this.#centre;
    this.#posterior.measure(values, offset);
    this.value = Infinity;
    this.converged = false;
    this.#found = 0;
    if (Dp >= 0) place(start, Dp, D, f);
    else start.set(centre);
    this.#searchFrom(start[0], start[1], start[2]);
    this.#searchFrom(centre[0] - this.#aside, centre[1] - this.#aside, centre[2]);
    if (this.#found > 1 || this.#isDoubtful()) this.#lookAround();
    const [u, r, z] = this.#best;
    this.Dp = Math.exp(u);
    this.D = Math.exp(u - r);
    this.f = 1 / (1 + Math.exp(-z));
    const rest = 1 / (1 + Math.exp(z));
    const nearest = Math.min(1 - this.Dp, r, this.D, this.f, rest);
    this.atBound = nearest <= nearBound;
  }

  /** Keeps where a search ends if it is the best so far. */
  #searchFrom(u: number, r: number, z: number): void {
    const newton = this.#newton;
    newton.x[0] = u;
    newton.x[1] = r;
    newton.x[2] = z;
    const outcome = newton.minimise(this.#posterior, mostSteps, this.#minima, this.#found);
    if (outcome === 'known') return;
    for (let j = 0; j < 3; j++) this.#minima[3 * this.#found + j] = newton.x[j];
    this.#found++;
    if (!(newton.value < this.value)) return;
    this.converged = outcome === 'converged';
    this.value = newton.value;
    this.#best.set(newton.x);
  }

  /** Whether data and prior contradict each other at the best so far, or it has one decay only. */
  #isDoubtful(): boolean {
    const [u, r, z] = this.#best;
    return r < sameRate || Math.abs(z) > nearlyAll || this.#posterior.isFloored(u, r, z);
  }

  #lookAround(): void {
    const start = this.#start;
    const centre = this.#centre;
    for (let k = 0; k < combinations.length; k += 3) {
      const u = combinations[k] ? start[0] : centre[0];
      const v = combinations[k + 1] ? start[0] - start[1] : centre[0] - centre[1];
      this.#searchFrom(u, u - v, combinations[k + 2] ? start[2] : centre[2]);
    }
    this.#searchFrom(centre[0], centre[1], centre[2]);
    this.#searchFrom(centre[0] + this.#aside, centre[1] + this.#aside, centre[2]);
  }

  /**
   * Standard deviations of the Gaussian with the posterior's curvature at the answer (Laplace's approximation): from
   * the inverse Hessian over (log Dp, log Dp/D, logit f), carried over to the parameters to first order.
   * The study's exponent (n_b + 1) / 2 takes no account of what is spent on the three parameters, so that without a
   * prior these are sqrt((n_b - 3) / (n_b + 1)) of the least-squares ones: they cover the truth too rarely.
   */
  deviate(): void {
    const [u, r, z] = this.#best;
    this.#posterior.evaluate(u, r, z);
    const [uu, ur, uz, rr, rz, zz] = this.#posterior.hessian;
    const coU = rr * zz - rz * rz;
    const coR = uu * zz - uz * uz;
    const coZ = uu * rr - ur * ur;
    const coUR = rz * uz - ur * zz;
    const determinant = uu * coU + ur * coUR + uz * (ur * rz - rr * uz);
    const proper = uu > 0 && coZ > 0 && determinant > 0 && !this.atBound;
    const over = proper ? 1 / determinant : NaN;
    this.sdDp = this.Dp * Math.sqrt(coU * over);
    // log D = log Dp - log Dp/D.
    this.sdD = this.D * Math.sqrt((coU + coR - 2 * coUR) * over);
    this.sdF = this.f * (1 - this.f) * Math.sqrt(coZ * over);
  }
}

/** Writes (log Dp, log Dp/D, logit f); `BoundedNewton` moves what lies outside its box onto it. */
function place(x: Float64Array, Dp: number, D: number, f: number): void {
  const least = Math.exp(-furthest);
  x[0] = Math.log(Math.max(least, Dp));
  x[1] = x[0] - Math.log(Math.max(least, D));
  x[2] = Math.log(Math.max(least, f) / Math.max(least, 1 - f));
}
