import { BoundedMap } from './bounded-map.ts';
import { BoundedNewton } from './bounded-newton.ts';
import { clip, STUDY_BOUNDS, type ParameterBounds } from './bounds.ts';
import { IvimPosterior } from './ivim-posterior.ts';
import { FURTHEST, logit, logRate } from './log-coordinates.ts';
import { PosteriorGrid } from './posterior-grid.ts';
import type { PriorDensities } from './prior-densities.ts';
import { SeparableLeastSquares } from './separable.ts';

/**
 * Variances of the Gaussian with the curvature of a negative log posterior at its minimum (Laplace's approximation):
 * the diagonal of the inverse of its Hessian.
 * The study's exponent (n_b + 1) / 2 does not subtract the three parameters from the degrees of freedom. Without a prior the
 * variances are therefore (n_b - 3) / (n_b + 1) times those of least squares, and intervals cover the truth too rarely.
 *
 * @param hessian over u = log Dp, r = log Dp/D and z = logit f: uu, ur, uz, rr, rz, zz
 * @param out variances of log Dp, log D and logit f; NaN where the Hessian is not positive definite
 */
function laplaceVariances(hessian: Float64Array, out: Float64Array): void {
  const [uu, ur, uz, rr, rz, zz] = hessian;
  const coU = rr * zz - rz * rz;
  const coR = uu * zz - uz * uz;
  const coZ = uu * rr - ur * ur;
  const coUR = rz * uz - ur * zz;
  const determinant = uu * coU + ur * coUR + uz * (ur * rz - rr * uz);
  const over = uu > 0 && coZ > 0 && determinant > 0 ? 1 / determinant : NaN;
  out[0] = coU * over;
  // log D = log Dp - log Dp/D.
  out[1] = (coU + coR - 2 * coUR) * over;
  out[2] = coZ * over;
}

const mostSteps = 200;
/** Estimates this close to a bound count as on it. */
const nearBound = 1e-8;
/** With rates closer than this in log, or a logit beyond that, the answer is nearly a single decay. */
const sameRate = 0.1;
const nearlyAll = 6;
/** Which of (Dp, D, f) the further starts take from the data (1) rather than from the prior (0). */
const combinations = Uint8Array.of(0, 0, 1, 0, 1, 0, 0, 1, 1, 1, 0, 0, 1, 0, 1, 1, 1, 0);
/** Distance of starts from the prior's centre, in its standard deviations of log Dp. */
const deviationsAside = 1.5;
/** There may be another minimum if the data term at the answer exceeds that at the best pair of the grid by more than this. */
const contested = 3;
/**
 * With at most this many more signals than parameters, the posterior may have a very narrow peak where the curve passes
 * through nearly all signals. Only the least-squares answer is a start close enough to it.
 */
const needles = 2;
/** Number of minima that are stored per voxel. Further ones, which are rare, still count as answers. */
const mostMinima = 16;

/**
 * The minimum of the study's negative log posterior of a voxel (`IvimPosterior`), by Newton's method (`BoundedNewton`) from
 * several starts. The first start is the best of the grid of `ls-global`, weighted by the prior (`PosteriorGrid`). Others
 * are added where the grid has another minimum that is nearly as low, or stays low where the curvature at the first
 * one predicts that it rises. If two searches end at different minima, or the answer contradicts the prior or the data, more
 * starts are composed of the least-squares answer and the prior's centre.
 *
 * The global minimum is not guaranteed: of 200,000 voxels of the study's kind at SNR 10 to 100, 14 were missed.
 *
 * Bounds other than the study's change an answer only where it lies outside them: it is then searched for within (`BoundedMap`).
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
  /** Searches for all voxels so far. */
  searches = 0;

  readonly #posterior: IvimPosterior;
  readonly #newton = new BoundedNewton([-FURTHEST, 0, -FURTHEST], [0, FURTHEST, FURTHEST]);
  readonly #centre = new Float64Array(3);
  readonly #aside: number;
  readonly #best = new Float64Array(3);
  readonly #minima = new Float64Array(3 * mostMinima);
  readonly #grid: PosteriorGrid;
  readonly #exponent: number;
  readonly #leastSquares: SeparableLeastSquares;
  readonly #hasNeedles: boolean;
  readonly #start = new Float64Array(3);
  readonly #variances = new Float64Array(3);
  readonly #bounds: ParameterBounds;
  readonly #within: BoundedMap | undefined;
  #found = 0;

  /**
   * @param b b-values without 0, s/mm²
   * @param bounds within 0 to 1
   */
  constructor(b: Float64Array, prior: PriorDensities, bounds: ParameterBounds = STUDY_BOUNDS) {
    this.#posterior = new IvimPosterior(b, prior);
    this.#exponent = (b.length + 1) / 2;
    this.#leastSquares = new SeparableLeastSquares(b, STUDY_BOUNDS);
    this.#hasNeedles = b.length - 3 <= needles;
    this.#grid = new PosteriorGrid(b, prior, this.#exponent);
    place(this.#centre, prior.Dp.median, prior.D.median, prior.f.a / (prior.f.a + prior.f.b));
    this.#aside = deviationsAside * prior.Dp.sigma;
    this.#bounds = bounds;
    const restricts = (['D', 'f', 'Dp'] as const).some((name) => bounds[name][0] > 0 || bounds[name][1] < 1);
    if (restricts) this.#within = new BoundedMap(b, this.#posterior, prior, bounds);
  }

  /** Evaluations of the posterior for all voxels so far. */
  get evaluations(): number {
    return this.#newton.evaluations;
  }

  /** Fits the voxel whose signals, b=0 left out, start at `offset`. */
  run(values: Float64Array, offset: number): void {
    const grid = this.#grid;
    this.#posterior.measure(values, offset);
    this.value = Infinity;
    this.converged = false;
    this.#found = 0;
    if (this.#hasNeedles) this.#searchFromData(values, offset);
    const row = grid.scan(values, offset);
    grid.startPolished(row);
    this.#searchFromGrid();
    const contest = this.#exponent * Math.log(this.#posterior.sse / grid.sse) > contested;
    // The posterior was last evaluated next to the answer.
    const others = grid.findOthers(row, this.value, this.#best[0], this.#posterior.curvatureAlongU());
    for (let k = 0; k < others; k++) {
      grid.start(grid.others[k]);
      this.#searchFromGrid();
    }
    if (contest || this.#found > 1 || this.#isDoubtful()) {
      this.#searchFromData(values, offset);
      this.#lookAround();
    }
    const best = this.#best;
    const Dp = Math.exp(best[0]);
    const D = Math.exp(best[0] - best[1]);
    const tail = Math.exp(-Math.abs(best[2]));
    const rest = tail / (1 + tail);
    this.Dp = Dp;
    this.D = D;
    this.f = best[2] > 0 ? 1 / (1 + tail) : rest;
    this.atBound = 1 - Dp <= nearBound || best[1] <= nearBound || D <= nearBound || rest <= nearBound;
    if (this.#within) this.#moveInside(this.#within, values, offset);
  }

  /** Searches within the bounds unless the answer is there already. */
  #moveInside(within: BoundedMap, values: Float64Array, offset: number): void {
    const { D, f, Dp } = this.#bounds;
    const isInside = (x: number, [low, high]: readonly [number, number]) => x >= low && x <= high;
    if (!(isInside(this.D, D) && isInside(this.f, f) && isInside(this.Dp, Dp))) {
      within.run(values, offset, this.#minima, this.#found);
      this.value = within.value;
      this.converged = within.converged;
      this.#best[0] = within.u;
      this.#best[1] = within.u - within.v;
      this.#best[2] = within.z;
      // The logarithm of a bound is rounded.
      this.Dp = clip(Math.exp(within.u), Dp);
      this.D = Math.min(this.Dp, clip(Math.exp(within.v), D));
      this.f = clip(1 / (1 + Math.exp(-within.z)), f);
    }
    const isNear = (x: number, [low, high]: readonly [number, number]) =>
      x - low <= nearBound * (low || 1) || high - x <= nearBound * high;
    this.atBound ||=
      isNear(this.D, D) || isNear(this.f, f) || isNear(this.Dp, Dp) || this.#best[1] <= nearBound;
  }

  #searchFromGrid(): void {
    const { x } = this.#grid;
    this.#searchFrom(x[0], x[1], x[2]);
  }

  /** Keeps the end of a search if it is the best so far. */
  #searchFrom(u: number, r: number, z: number): void {
    const newton = this.#newton;
    this.searches++;
    newton.x[0] = u;
    newton.x[1] = r;
    newton.x[2] = z;
    const outcome = newton.minimise(this.#posterior, mostSteps, this.#minima, this.#found);
    if (outcome === 'known') return;
    if (this.#found < mostMinima) {
      for (let j = 0; j < 3; j++) this.#minima[3 * this.#found + j] = newton.x[j];
      this.#found++;
    }
    if (!(newton.value < this.value)) return;
    this.converged = outcome === 'converged';
    this.value = newton.value;
    this.#best.set(newton.x);
  }

  #searchFromData(values: Float64Array, offset: number): void {
    const solver = this.#leastSquares;
    const start = this.#start;
    solver.solve(values, offset);
    place(start, solver.Dp, solver.D, solver.f);
    this.#searchFrom(start[0], start[1], start[2]);
  }

  /** Whether data and prior contradict each other at the best minimum so far, or it has only one decay. */
  #isDoubtful(): boolean {
    const best = this.#best;
    const u = best[0];
    const r = best[1];
    const z = best[2];
    return r < sameRate || Math.abs(z) > nearlyAll || this.#posterior.isFloored(u, r, z);
  }

  #lookAround(): void {
    const centre = this.#centre;
    const start = this.#start;
    for (let k = 0; k < combinations.length; k += 3) {
      const u = combinations[k] ? start[0] : centre[0];
      const v = combinations[k + 1] ? start[0] - start[1] : centre[0] - centre[1];
      this.#searchFrom(u, u - v, combinations[k + 2] ? start[2] : centre[2]);
    }
    this.#searchFrom(centre[0] - this.#aside, centre[1] - this.#aside, centre[2]);
    this.#searchFrom(centre[0], centre[1], centre[2]);
    this.#searchFrom(centre[0] + this.#aside, centre[1] + this.#aside, centre[2]);
  }

  /** Computes the standard deviations of the answer: see `laplaceVariances`. */
  deviate(): void {
    const [u, r, z] = this.#best;
    const variances = this.#variances;
    this.#posterior.evaluate(u, r, z);
    if (this.atBound) variances.fill(NaN);
    else laplaceVariances(this.#posterior.hessian, variances);
    this.sdDp = this.Dp * Math.sqrt(variances[0]);
    this.sdD = this.D * Math.sqrt(variances[1]);
    this.sdF = this.f * (1 - this.f) * Math.sqrt(variances[2]);
  }
}

/** Writes (log Dp, log Dp/D, logit f). `BoundedNewton` moves points outside its box onto it. */
function place(x: Float64Array, Dp: number, D: number, f: number): void {
  x[0] = logRate(Dp);
  x[1] = x[0] - logRate(D);
  x[2] = logit(f);
}
