import { STUDY_BOUNDS } from './bounds.ts';
import { BetaTerm, LognormalTerm } from './prior-densities.ts';
import type { PriorDensities, PriorTerm } from './prior-densities.ts';
import { SeparableGrid } from './separable-grid.ts';
import { SeparableObjective } from './separable-objective.ts';

/** Rates per axis. */
const size = 20;
/** Steps of f at which its density is tabulated. */
const fractions = 64;
/** Starts are limited to this many standard deviations around the prior's centre, and to these fractions. */
const deviations = 3;
const leastF = 0.02;
const mostF = 0.98;
/** A start is refined if the parabolas through the grid predict a reduction of the sum of squares by this fraction. */
const rough = 0.2;
/** Another minimum of the grid may be one of the posterior if its predicted score is at most this above the best. */
const hopeful = 2;
/** Limits of flat stretches of the grid: length in log Dp, height above the best, fraction of the parabola's height. */
const far = 0.7;
const level = 1.2;
const flat = 0.6;
/** A Hessian whose determinant is a smaller fraction of the product of its diagonal indicates a valley. */
const valley = 0.01;
/** Range of exp(-b_1 Dp), and smallest factor of D, within which the Newton step on the sum of squares may end. */
const leastU = 0.1;
const mostU = 0.98;
const leastPart = 0.3;

/**
 * Candidates for minima of the negative log posterior of a voxel: for every Dp of the grid that `ls-global` starts from, the
 * least sum of squares over D and f, weighted by the prior there. Scores are exp(posterior / exponent), a product of
 * precomputed numbers, which needs no logarithm.
 */
export class PosteriorGrid {
  /** Per Dp, after `scan`: about exp(posterior / exponent). */
  readonly score: Float64Array;
  /** The least sum of squares on the grid, after `scan`. */
  sse = 0;
  /** After `findOthers`. */
  readonly others: Uint8Array;
  /** After `start` and `startPolished`: log Dp, log Dp/D and logit f. */
  readonly x = new Float64Array(3);

  readonly #objective: SeparableObjective;
  readonly #grid: SeparableGrid;
  readonly #exponent: number;
  /** The grid's Dp and D as logarithms, moved into the prior's range. */
  readonly #u: Float64Array;
  readonly #v: Float64Array;
  readonly #leastD: number;
  readonly #mostD: number;
  /** exp(-b_1 Dp), and exp(-log density / exponent) per Dp, D and f. */
  readonly #decay: Float64Array;
  readonly #weightDp: Float64Array;
  readonly #weightD: Float64Array;
  readonly #weightF: Float64Array;

  /**
   * @param b b-values without 0, s/mm²
   * @param exponent (n_b + 1) / 2
   */
  constructor(b: Float64Array, prior: PriorDensities, exponent: number) {
    this.#objective = new SeparableObjective(b, STUDY_BOUNDS.f);
    const grid = new SeparableGrid(this.#objective.powers, b, STUDY_BOUNDS, size);
    this.#grid = grid;
    this.#decay = grid.Dp.map((rate) => Math.exp(-b[0] * rate));
    this.#u = grid.Dp.map((rate) => near(rate, prior.Dp));
    this.#v = grid.D.map((rate) => near(rate, prior.D));
    [this.#leastD, this.#mostD] = [near(0, prior.D), near(Infinity, prior.D)].map(Math.exp);
    const weight = (term: PriorTerm) => Math.exp(term.value / exponent);
    const termDp = new LognormalTerm(prior.Dp);
    const termD = new LognormalTerm(prior.D);
    const termF = new BetaTerm(prior.f);
    this.#weightDp = this.#u.map((u) => (termDp.at(u), weight(termDp)));
    this.#weightD = this.#v.map((v) => (termD.at(v), weight(termD)));
    this.#weightF = Float64Array.from({ length: fractions + 1 }, (_, k) => {
      const f = Math.min(fractions - 0.5, Math.max(0.5, k)) / fractions;
      termF.at(Math.log(f / (1 - f)), f, 1 - f);
      return weight(termF);
    });
    this.score = new Float64Array(grid.Dp.length);
    this.others = new Uint8Array(grid.Dp.length);
    this.#exponent = exponent;
  }

  /** Scores the voxel whose signals, without b=0, start at `offset`. @returns the row with the best score */
  scan(values: Float64Array, offset: number): number {
    const { score } = this;
    const { profile, best, fraction } = this.#grid;
    const weightDp = this.#weightDp;
    const weightD = this.#weightD;
    const weightF = this.#weightF;
    const square = this.#objective.measure(values, offset);
    this.sse = profile[this.#grid.scan(this.#objective.y, square)];
    let lowest = 0;
    for (let j = 0; j < score.length; j++) {
      const weight = weightDp[j] * weightD[best[j]] * weightF[(fraction[j] * fractions + 0.5) | 0];
      score[j] = profile[j] * weight;
      if (score[j] < score[lowest]) lowest = j;
    }
    return lowest;
  }

  /**
   * Writes into `others` the rows from which a search may end lower than the one from `row`: other minima of the grid that are
   * nearly as low, and the ends of stretches that stay low although the curvature predicts that they rise.
   *
   * @returns their number
   *
   * @param value of the posterior at the end of that search
   * @param u log Dp there
   * @param curvature of the profile posterior over log Dp there
   */
  findOthers(row: number, value: number, u: number, curvature: number): number {
    const { score, others } = this;
    const exponent = this.#exponent;
    const last = score.length - 1;
    const highest = Math.exp((value + hopeful) / exponent);
    let count = 0;
    let low = -1;
    let high = -1;
    for (let j = 0; j <= last; j++) {
      if (!(score[j] < highest) || j === row) continue;
      if ((j === 0 || score[j] <= score[j - 1]) && (j === last || score[j] <= score[j + 1])) {
        others[count++] = j;
        continue;
      }
      const away = this.#u[j] - u;
      if (!(Math.abs(away) > far)) continue;
      const rise = exponent * Math.log(score[j]) - value;
      if (!(rise < level && rise < 0.5 * flat * curvature * away * away)) continue;
      if (away > 0) high = j;
      else if (low < 0) low = j;
    }
    if (low >= 0) others[count++] = low;
    if (high >= 0) others[count++] = high;
    return count;
  }

  /** Writes the start of a row into `x`. */
  start(row: number): void {
    const { x } = this;
    const grid = this.#grid;
    const f = grid.fraction[row];
    x[0] = this.#u[row];
    x[1] = x[0] - this.#v[grid.best[row]];
    x[2] = logit(f < leastF ? leastF : f > mostF ? mostF : f);
  }

  /**
   * The same after one Newton step on the sum of squares, for noise so low that the grid is too coarse. Far from its minimum the
   * sum of squares is close to quadratic, but its logarithm is not.
   */
  startPolished(row: number): void {
    const grid = this.#grid;
    const { profile } = grid;
    const decay = this.#decay;
    grid.refine(row);
    let value = grid.vertexValue;
    let u = decay[row];
    if (row > 0 && row < profile.length - 1) {
      const left = profile[row - 1] - profile[row];
      const right = profile[row + 1] - profile[row];
      if (left >= 0 && right >= 0 && left + right > 0 && left + right < Infinity) {
        const shift = (0.5 * (left - right)) / (left + right);
        value -= 0.5 * shift * shift * (left + right);
        u += shift * (shift > 0 ? decay[row + 1] - u : u - decay[row - 1]);
      }
    }
    if (profile[row] - value <= rough * profile[row] || !(u > leastU && u < mostU)) {
      this.start(row);
      return;
    }
    this.#polish(grid.vertexD, u);
  }

  #polish(D: number, u: number): void {
    const { x } = this;
    const o = this.#objective;
    o.evaluate(D, u);
    let f = o.f;
    const determinant = o.hessianDD * o.hessianUU - o.hessianDU * o.hessianDU;
    if (o.hessianDD > 0 && determinant > valley * o.hessianDD * o.hessianUU) {
      const dD = (o.gradientU * o.hessianDU - o.gradientD * o.hessianUU) / determinant;
      const dU = (o.gradientD * o.hessianDU - o.gradientU * o.hessianDD) / determinant;
      if (D + dD > leastPart * D && u + dU > leastU && u + dU < mostU) {
        D += dD;
        u += dU;
        f += o.fByD * dD + o.fByU * dU;
      }
    }
    D = D < this.#leastD ? this.#leastD : D > this.#mostD ? this.#mostD : D;
    x[0] = Math.log(-Math.log(u) / o.b1);
    x[1] = x[0] - Math.log(D);
    x[2] = logit(f < leastF ? leastF : f > mostF ? mostF : f);
  }
}

function logit(f: number): number {
  return Math.log(f / (1 - f));
}

/** Moves a rate's logarithm into the range where the prior has its mass. */
function near(rate: number, { median, sigma }: { readonly median: number; readonly sigma: number }): number {
  const centre = Math.log(median);
  const aside = deviations * sigma;
  return Math.min(centre + aside, Math.max(centre - aside, Math.log(rate)));
}
