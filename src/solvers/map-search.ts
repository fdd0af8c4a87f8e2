import { BoundedNewton } from './bounded-newton.ts';
import { IvimPosterior } from './ivim-posterior.ts';
import type { PriorDensities } from './prior-densities.ts';

/** Rates below exp(-30), and fractions as near to 0 or 1, can't be told from the bound. */
const furthest = 30;
const mostSteps = 200;
const nearBound = 1e-8;

/**
 * The global minimum of the study's negative log posterior of a voxel: Newton's method from the least-squares
 * answer and from the prior's centre, whichever ends lower. The first finds what the data insist on, also where the
 * densities are at their floor; the second what the prior suggests where the data say little, Dp at its bound, say.
 */
export class MapSearch {
  /** The answer, after `run`. */
  Dp = NaN;
  D = NaN;
  f = NaN;
  /** Negative log posterior at the answer. */
  value = NaN;
  converged = false;
  atBound = false;
  /** Standard deviations from the curvature at the answer, NaN at a bound; after `deviations`. */
  sdDp = NaN;
  sdD = NaN;
  sdF = NaN;

  readonly #posterior: IvimPosterior;
  readonly #newton = new BoundedNewton([-furthest, 0, -furthest], [0, furthest, furthest]);
  readonly #centre: Float64Array;
  readonly #best = new Float64Array(3);

  /** @param b b-values without 0, s/mm² */
  constructor(b: Float64Array, prior: PriorDensities) {
    this.#posterior = new IvimPosterior(b, prior);
    this.#centre = new Float64Array(3);
    place(this.#centre, prior.Dp.median, prior.D.median, prior.f.a / (prior.f.a + prior.f.b));
  }

  /** Fits the voxel whose signals, b=0 left out, start at `offset`; the start may be NaN. */
  run(values: Float64Array, offset: number, startDp: number, startD: number, startF: number): void {
    const newton = this.#newton;
    const best = this.#best;
    this.#posterior.measure(values, offset);
    const started = startDp >= 0;
    if (started) place(newton.x, startDp, startD, startF);
    else newton.x.set(this.#centre);
    this.converged = newton.minimise(this.#posterior, mostSteps);
    this.value = newton.value;
    best.set(newton.x);
    if (started) {
      newton.x.set(this.#centre);
      const converged = newton.minimise(this.#posterior, mostSteps, this.converged ? best : undefined);
      if (newton.value < this.value) {
        this.converged = converged;
        this.value = newton.value;
        best.set(newton.x);
      }
    }
    const [u, r, z] = [best[0], best[1], best[2]];
    this.Dp = Math.exp(u);
    this.D = Math.exp(u - r);
    this.f = 1 / (1 + Math.exp(-z));
    this.atBound =
      this.Dp >= 1 - nearBound ||
      r <= nearBound ||
      this.D <= nearBound ||
      !(Math.abs(z) < -Math.log(nearBound));
  }

  /**
   * Standard deviations of the Gaussian with the posterior's curvature at the answer (Laplace's approximation), from
   * the inverse Hessian over (log Dp, log Dp/D, logit f) carried over to the parameters to first order.
   */
  deviations(): void {
    const [u, r, z] = this.#best;
    this.#posterior.evaluate(u, r, z);
    const [uu, ur, uz, , rr, rz, , , zz] = this.#posterior.hessian;
    const coU = rr * zz - rz * rz;
    const coR = uu * zz - uz * uz;
    const coZ = uu * rr - ur * ur;
    const coUR = rz * uz - ur * zz;
    const determinant = uu * coU + ur * coUR + uz * (ur * rz - rr * uz);
    const proper = uu > 0 && coZ > 0 && determinant > 0 && !this.atBound;
    const over = proper ? 1 / determinant : NaN;
    this.sdDp = this.Dp * Math.sqrt(coU * over);
    this.sdD = this.D * Math.sqrt((coU + coR - 2 * coUR) * over);
    this.sdF = this.f * (1 - this.f) * Math.sqrt(coZ * over);
  }
}

/** Writes (log Dp, log Dp / D, logit f); `BoundedNewton` moves what lies outside its box onto it. */
function place(x: Float64Array, Dp: number, D: number, f: number): void {
  const least = Math.exp(-furthest);
  const u = Math.log(Math.max(least, Dp));
  x[0] = u;
  x[1] = u - Math.log(Math.max(least, D));
  x[2] = Math.log(Math.max(least, f) / Math.max(least, 1 - f));
}
