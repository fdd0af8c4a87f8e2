import { OneDecay } from './one-decay.ts';
import type { ParameterBounds } from './parameter-bounds.ts';
import { SeparableDescent } from './separable-descent.ts';
import { SeparableGrid } from './separable-grid.ts';
import { SeparableObjective } from './separable-objective.ts';

/** Rates per axis of the grid the search starts from. */
const GRID = 20;
/** A voxel is looked at twice where the grid comes this near, as a multiple, to the least sum of squares found. */
const SUSPICIOUS = 2.5;
/** What looks like another minimum is tried where it may be below this many times the least sum of squares. */
const TRIED = 1.1;
/** u is not taken below this: the decay at the lowest b-value is nothing by then. */
const LEAST_U = 1e-100;
/** A gain smaller than this part of the sum of squares is not worth leaving f's bound for. */
const WORTHWHILE = 1e-10;
const MAX_ESCAPES = 3;
/** A weight this small counts as none. */
const NOTHING = 1e-9;
/** Rates that differ by a smaller part of themselves count as one. */
const ALIKE = 1e-7;

/**
 * The global minimum of the sum of squares of f exp(-b Dp) + (1 - f) exp(-b D) within bounds and with Dp >= D:
 * variable projection (Golub and Pereyra 1973) from the best pair of a grid of rates, and from other minima of the
 * grid where they may turn out lower.
 *
 * `solve` looks at one voxel and leaves its answer in `D`, `f`, `Dp` (mm²/s, fraction, mm²/s), `sse`, `atBound` and
 * `converged`. It allocates nothing. Where the signals show one decay only, f has no perfusion to describe: then
 * f is 0, D the rate, and Dp, which nothing determines, as near to D as its bounds allow.
 */
export class SeparableLeastSquares {
  D = NaN;
  f = NaN;
  Dp = NaN;
  sse = NaN;
  /** Whether a parameter is on one of its bounds. */
  atBound = false;
  /** False where the descent ran out of steps: the answer is then not to be trusted. */
  converged = true;

  readonly #bounds: ParameterBounds;
  readonly #objective: SeparableObjective;
  readonly #grid: SeparableGrid;
  readonly #descent: SeparableDescent;
  readonly #single: OneDecay | null;
  /** Whether D with f and Dp with 1 - f may change names, so that their order takes care of itself. */
  readonly #exchangeable: boolean;
  readonly #gridU: Float64Array;
  readonly #leastU: number;
  readonly #mostU: number;
  readonly #probe: Float64Array;
  readonly #slope: Float64Array;
  /** Where the best descent so far ended. */
  #bestD = 0;
  #bestU = 0;
  #bestF = 0;

  /**
   * @param b b-values in s/mm² without b=0, ascending, at least 3
   * @param bounds each lower one below its upper one; some D of its range must lie below some Dp of its own
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

  /** How often the objective was evaluated for the last voxel. */
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
    // Two rates close together: the sum of squares is a long bent valley whose other end is D at its bound.
    if (this.#bestF > 0.5 && this.#bestD > this.#bounds.D[0]) this.#descend(this.#bounds.D[0], this.#bestU);
    for (let k = 0; k < MAX_ESCAPES && this.#escape(); k++);
    this.#answer();
  }

  /** Whether the grid, away from where the search started, comes near the least sum of squares found. */
  #suspicious(best: number): boolean {
    const { profile } = this.#grid;
    const limit = SUSPICIOUS * this.sse;
    for (let j = 0; j < profile.length; j++) {
      if (profile[j] < limit && (j < best - 1 || j > best + 1)) return true;
    }
    return false;
  }

  /**
   * Goes down from the other minima of the profile over Dp: those of the grid that are below what was found, and those
   * that show when D is left to follow its tangent from where the search ended.
   */
  #tryOtherMinima(best: number): void {
    const grid = this.#grid;
    const objective = this.#objective;
    const { profile, tangent, tangentD, Dp, fraction } = grid;
    const found = this.sse;
    const foundU = this.#bestU;
    let rate = this.#bestD;
    // Two rates close together stand for one between them, which is where another pair would branch off.
    if (this.#bestF > 0.5) rate += this.#bestF * (this.#toRate(this.#bestU) - rate);
    objective.powers.write(rate, this.#probe);
    objective.timesB(this.#probe, this.#slope);
    grid.linearise(objective.y, rate, this.#probe, this.#slope, TRIED * found);
    const last = Dp.length - 1;
    const gridU = this.#gridU;
    // Where f is 0 every Dp is the same minimum.
    let single = fraction[best] === 0;
    for (let j = 0; j <= last; j++) {
      const one = fraction[j] === 0;
      if (j !== best && !(one && single) && profile[j] < SUSPICIOUS * found && lowest(profile, j)) {
        grid.refine(j);
        if (one) single = true;
        if (grid.vertexValue < TRIED * found) this.#descend(grid.vertexD, this.#startU(profile, j));
      }
      if (!(tangent[j] < TRIED * found) || !lowest(tangent, j)) continue;
      // The minimum found shows as well: next to it, where D has not moved.
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
   * Where f has run to 0 or 1 one decay is left, and the other rate feels no slope. Looks through the grid for a
   * second decay that would lower the sum of squares, and goes down from there. Returns whether it helped.
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

  /** What the best mixture of the probed decay with a little of another takes off the sum of squares. */
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

  /** Puts the rates in order, settles what one decay leaves open, and notes bounds. */
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
    // Weights and differences that no signal could show.
    if (f > 1 - NOTHING && bounds.f[1] === 1) f = 1;
    if ((f < NOTHING || Dp - D < ALIKE * D) && bounds.f[0] === 0) {
      D = Math.min(D + f * (Dp - D), bounds.D[1]);
      f = 0;
    }
    if (f === 1) {
      // The same decay by its other name.
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

  /** The grid's Dp as u, moved to the vertex of the parabola through a profile around its minimum. */
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

  /** Bounds of u are bounds of Dp to the last digit. */
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

function lowest(profile: Float64Array, j: number): boolean {
  return (
    (j === 0 || profile[j] <= profile[j - 1]) && (j === profile.length - 1 || profile[j] <= profile[j + 1])
  );
}
