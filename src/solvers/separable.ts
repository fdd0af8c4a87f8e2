import { OneDecay } from './one-decay.ts';
import type { ParameterBounds } from './bounds.ts';
import { SeparableDescent } from './separable-descent.ts';
import { SeparableGrid } from './separable-grid.ts';
import { SeparableObjective } from './separable-objective.ts';

/*
 * The constants below trade evaluations for minima. Each says what another value does to the study's phantom (8 b-values;
 * SNR 100, 20 and 10, 20,000 voxels each; bounds 0..1 for all parameters, and physiological ones: 120,000 problems).
 * A problem counts as missed where any of 21 searches, two of them exhaustive from denser grids, ends lower by more than
 * 1e-6 of the sum of squares. With the values as they are 6 are missed, 2 of them by more than 1 % (at most 9.8 %), with
 * 3.2 to 4.6 evaluations a voxel.
 */

/** Rates per axis of the grid the search starts from. 12: 21 missed, half an evaluation more; 40: 4 missed, four times the grid. */
const GRID = 20;
/**
 * The search looks for other minima where the grid, away from its best point, comes within this factor of the least sum
 * of squares found. Never: 400 missed, a quarter of an evaluation saved on average; from 1.5 to always: no difference here.
 */
const SUSPICIOUS = 2.5;
/**
 * Another minimum is tried where its predicted sum of squares is below this factor of the least found. 1: 47 missed;
 * always: 4 missed, up to 1.5 evaluations more.
 */
const TRIED = 1.1;
/** Lower bound of u: the decay at the lowest b-value has vanished by then. */
const LEAST_U = 1e-100;
/** Least gain, as a fraction of the sum of squares, for which f leaves its bound. 1e-6: 9 missed; 1e-13: no difference. */
const WORTHWHILE = 1e-10;
/** How often f may leave its bound. Never: 25 missed; once is as good as 20 times here. */
const MAX_ESCAPES = 3;
/**
 * A weight this small counts as none: it changes a normalised signal by at most 1e-9, a millionth of the noise at SNR 1000.
 */
const NOTHING = 1e-9;
/**
 * Rates that differ by a smaller fraction of themselves count as one. Their decays differ by at most ALIKE / e, since
 * |x exp(-x)| <= 1 / e: again less than any noise.
 */
const ALIKE = 1e-7;

/**
 * Bounded least squares for the bi-exponential decay of one voxel:
 *
 *     minimise  sum over k of (f exp(-b_k Dp) + (1 - f) exp(-b_k D) - y_k)²
 *     subject to  D, f and Dp within their bounds, Dp >= D
 *
 * with y_k the signal at b_k relative to b=0 (dimensionless), b_k in s/mm², D and Dp in mm²/s. f is eliminated in closed
 * form (variable projection; Golub and Pereyra, SIAM J Numer Anal 1973;10:413, equation 2.6), which leaves two variables
 * (`SeparableObjective`). Newton's method starts from the best pair of a grid of rates (`SeparableGrid`), and again from
 * other minima of the grid where they may be lower. `SeparableDescent` states the step and the stop test.
 *
 * The answer is a local minimum of the problem or, where `converged` is false, the best point found. It is not proven to
 * be the global one: the search misses 1 in 20,000 of the study's voxels (see above). Every answer is within the bounds
 * and in order.
 *
 * `solve` looks at one voxel and leaves its answer in `D`, `f`, `Dp`, `sse`, `atBound` and `converged`, without allocating.
 * If the signals show a single decay, f is 0, D is its rate, and Dp, which is undetermined, is as close to D as its bounds
 * allow.
 */
export class SeparableLeastSquares {
  D = NaN;
  f = NaN;
  Dp = NaN;
  sse = NaN;
  /** Whether a parameter is on one of its bounds. */
  atBound = false;
  /** False where the descent ran out of steps, and the answer may not be a minimum. */
  converged = true;

  readonly #bounds: ParameterBounds;
  readonly #objective: SeparableObjective;
  readonly #grid: SeparableGrid;
  readonly #descent: SeparableDescent;
  readonly #single: OneDecay | null;
  /** Whether (D, 1 - f) and (Dp, f) may be swapped, so that their order need not be enforced. */
  readonly #exchangeable: boolean;
  readonly #gridU: Float64Array;
  readonly #leastU: number;
  readonly #mostU: number;
  readonly #probe: Float64Array;
  readonly #slope: Float64Array;
  /** The end of the best descent so far. */
  #bestD = 0;
  #bestU = 0;
  #bestF = 0;

  /**
   * @param b b-values in s/mm² without b=0, ascending, at least 3
   * @param bounds lower ends below upper ends; some D within its bounds must be below some Dp within its own
   */
  constructor(b: Float64Array, bounds: ParameterBounds) {
    const { D, f, Dp } = bounds;
    this.#bounds = bounds;
    this.#exchangeable = D[0] === Dp[0] && D[1] === Dp[1] && f[0] + f[1] === 1;
    this.#leastU = Math.max(LEAST_U, Math.exp(-b[0] * Dp[1]));
    this.#mostU = Math.exp(-b[0] * Dp[0]);
    this.#objective = new SeparableObjective(b, f);
    this.#grid = new SeparableGrid(this.#objective.powers, b, bounds, GRID);
    this.#gridU = this.#grid.Dp.map((rate) => this.#toU(rate));
    this.#descent = new SeparableDescent(
      this.#objective,
      { D, f, u: [this.#leastU, this.#mostU] },
      this.#exchangeable,
    );
    const overlap: [number, number] = [Math.max(D[0], Dp[0]), Math.min(D[1], Dp[1])];
    this.#single = !this.#exchangeable && overlap[0] < overlap[1] ? new OneDecay(b, overlap) : null;
    this.#slope = new Float64Array(b.length);
    this.#probe = new Float64Array(this.#objective.powers.size);
  }

  /** Number of evaluations of the objective for the last voxel. */
  get evaluations(): number {
    return this.#objective.evaluations;
  }

  /** Fits the signals (without b=0, normalised, finite) that start at `offset`. */
  solve(values: Float64Array, offset: number): void {
    const objective = this.#objective;
    const grid = this.#grid;
    const square = objective.measure(values, offset);
    const best = grid.scan(objective.y, square);
    this.sse = Infinity;
    this.converged = true;
    grid.refine(best);
    this.#descend(grid.vertexD, this.#startU(grid.profile, best));
    if (this.#suspicious(best)) this.#tryOtherMinima(best);
    // Where two rates are close together, the sum of squares is a long bent valley whose other end is D at its bound.
    if (this.#bestF > 0.5 && this.#bestD > this.#bounds.D[0]) this.#descend(this.#bounds.D[0], this.#bestU);
    for (let k = 0; k < MAX_ESCAPES && this.#escape(); k++);
    this.#answer();
  }

  /** Whether the grid, away from the start, comes near the least sum of squares found. */
  #suspicious(best: number): boolean {
    const { profile } = this.#grid;
    const limit = SUSPICIOUS * this.sse;
    for (let j = 0; j < profile.length; j++) {
      if (profile[j] < limit && (j < best - 1 || j > best + 1)) return true;
    }
    return false;
  }

  /**
   * Descends from the other minima of the profile over Dp: those of the grid that are below what was found, and those
   * that appear when D follows its tangent from the point where the search ended.
   */
  #tryOtherMinima(best: number): void {
    const grid = this.#grid;
    const objective = this.#objective;
    const { profile, tangent, tangentD, Dp, fraction } = grid;
    const found = this.sse;
    const foundU = this.#bestU;
    let rate = this.#bestD;
    // Two close rates act like one in between, from which another pair branches off.
    if (this.#bestF > 0.5) rate += this.#bestF * (this.#toRate(this.#bestU) - rate);
    objective.powers.write(rate, this.#probe);
    objective.timesB(this.#probe, this.#slope);
    grid.linearise(objective.y, rate, this.#probe, this.#slope, TRIED * found);
    const last = Dp.length - 1;
    const gridU = this.#gridU;
    // Where f is 0, every Dp is the same minimum.
    let single = fraction[best] === 0;
    for (let j = 0; j <= last; j++) {
      const one = fraction[j] === 0;
      if (j !== best && !(one && single) && profile[j] < SUSPICIOUS * found && lowest(profile, j)) {
        grid.refine(j);
        if (one) single = true;
        if (grid.vertexValue < TRIED * found) this.#descend(grid.vertexD, this.#startU(profile, j));
      }
      if (!(tangent[j] < TRIED * found) || !lowest(tangent, j)) continue;
      // The minimum already found appears too, next to where the tangent starts.
      const here = (j === last || gridU[j + 1] < foundU) && (j === 0 || gridU[j - 1] > foundU);
      if (here) continue;
      const D = tangentD[j];
      this.#descend(
        D > this.#bounds.D[0] ? (D < Dp[j] ? D : rate) : this.#bounds.D[0],
        this.#startU(tangent, j),
      );
    }
  }

  #descend(D: number, u: number): void {
    const descent = this.#descent;
    const [least, most] = this.#bounds.D;
    descent.run(D < least ? least : D > most ? most : D, u, this.#bestD, this.#bestU, this.sse);
    if (descent.sse < this.sse) {
      this.sse = descent.sse;
      this.converged = !descent.exhausted;
      this.#bestD = descent.D;
      this.#bestU = descent.u;
      this.#bestF = descent.f;
    }
  }

  /**
   * If f has reached 0 or 1, one decay is left and the gradient with respect to the other rate is 0. Searches the grid for a
   * second decay that lowers the sum of squares, and descends from there.
   *
   * @returns whether the sum of squares was lowered
   */
  #escape(): boolean {
    const { D, f, Dp } = this.#bounds;
    const slowOnly = this.#bestF === 0;
    if (!slowOnly && this.#bestF !== 1) return false;
    const rate = slowOnly ? this.#bestD : this.#toRate(this.#bestU);
    const grid = this.#grid;
    this.#objective.powers.write(rate, this.#probe);

    let gain = WORTHWHILE * this.sse;
    let partner = NaN;
    if (f[0] === 0 && rate >= D[0] && rate <= D[1]) {
      for (let j = grid.Dp.length - 1; j >= 0 && grid.Dp[j] > rate; j--) {
        const found = this.#gainFrom(grid.fast, j);
        if (found > gain) {
          gain = found;
          partner = grid.Dp[j];
        }
      }
    }
    if (f[1] === 1 && rate >= Dp[0] && rate <= Dp[1]) {
      for (let i = 0; i < grid.D.length && grid.D[i] < rate; i++) {
        const found = this.#gainFrom(grid.slow, i);
        if (found > gain) {
          gain = found;
          partner = grid.D[i];
        }
      }
    }
    if (!(gain > WORTHWHILE * this.sse)) return false;
    const before = this.sse;
    this.#descend(Math.min(rate, partner), this.#toU(Math.max(rate, partner)));
    return this.sse < before;
  }

  /** The reduction of the sum of squares by the best mixture of the probed decay and another. */
  #gainFrom(decays: Float64Array, row: number): number {
    const probe = this.#probe;
    const { y, m } = this.#objective;
    let distance = 0;
    let projection = 0;
    for (let k = 0; k < m; k++) {
      const d = decays[row * m + k] - probe[k];
      distance += d * d;
      projection += d * (y[k] - probe[k]);
    }
    return projection > 0 && distance > 0 ? (projection * projection) / distance : 0;
  }

  /** Sorts the rates, sets the values that a single decay leaves undetermined, and records whether a bound is reached. */
  #answer(): void {
    const bounds = this.#bounds;
    let D = this.#bestD;
    let f = this.#bestF;
    let Dp = this.#toRate(this.#bestU);
    if (this.#exchangeable && Dp < D) {
      const slower = Dp;
      Dp = D;
      D = slower;
      f = 1 - f;
    }
    if (this.#single !== null && Dp < 2 * D) {
      this.#single.solve(this.#objective.y, 1, 1);
      if (this.#single.sse <= this.sse) {
        this.sse = this.#single.sse;
        this.converged = true;
        D = Dp = this.#single.rate;
        f = bounds.f[0];
      }
    }
    // Weights and differences too small to show in any signal.
    if (f > 1 - NOTHING && bounds.f[1] === 1) f = 1;
    if ((f < NOTHING || Dp - D < ALIKE * D) && bounds.f[0] === 0) {
      D = Math.min(D + f * (Dp - D), bounds.D[1]);
      f = 0;
    }
    if (f === 1) {
      // The same decay, described as D.
      if (bounds.f[0] === 0 && Dp >= bounds.D[0] && Dp <= bounds.D[1]) {
        f = 0;
        D = Dp;
      } else {
        D = Math.min(Dp, bounds.D[1]);
      }
    }
    if (f === 0) Dp = Math.max(D, bounds.Dp[0]);
    this.D = D;
    this.f = f;
    this.Dp = Dp < D ? D : Dp;
    this.atBound = isEnd(D, bounds.D) || isEnd(f, bounds.f) || isEnd(Dp, bounds.Dp);
  }

  /** The grid's Dp as u, moved to the vertex of the parabola through the profile around its minimum. */
  #startU(profile: Float64Array, j: number): number {
    const gridU = this.#gridU;
    const u = gridU[j];
    if (j === 0 || j === profile.length - 1 || !this.#exchangeable) return u;
    const left = profile[j - 1] - profile[j];
    const right = profile[j + 1] - profile[j];
    if (!(left >= 0 && right >= 0 && left + right > 0 && left + right < Infinity)) return u;
    const shift = (0.5 * (left - right)) / (left + right);
    return u + shift * (shift > 0 ? gridU[j + 1] - u : u - gridU[j - 1]);
  }

  #toU(rate: number): number {
    const u = Math.exp(-this.#objective.b1 * rate);
    return u < this.#leastU ? this.#leastU : u > this.#mostU ? this.#mostU : u;
  }

  /** The rate of u; bounds of u map to bounds of Dp exactly. */
  #toRate(u: number): number {
    const [least, most] = this.#bounds.Dp;
    if (u <= this.#leastU) return most;
    if (u >= this.#mostU) return least;
    const rate = -Math.log(u) / this.#objective.b1;
    return rate < least ? least : rate > most ? most : rate;
  }
}

function isEnd(value: number, [least, most]: readonly [number, number]): boolean {
  return value <= least || value >= most;
}

/** Whether no neighbour of number `j` is lower. */
function lowest(profile: Float64Array, j: number): boolean {
  return (
    (j === 0 || profile[j] <= profile[j - 1]) && (j === profile.length - 1 || profile[j] <= profile[j + 1])
  );
}
