import type { SeparableObjective } from './separable-objective.ts';

/** Descents past a saddle can be long; one voxel in 100,000 takes more than 100 steps. */
const MAX_STEPS = 1000;
const MAX_HALVINGS = 12;
/**
 * A Newton step that promises a smaller fraction of the sum of squares is the last, and is not evaluated: convergence is
 * quadratic, so what is left is of the order of the square of the promise.
 */
const LAST_STEP = 1e-6;
/** The same for steps that do not converge quadratically: Gauss-Newton steps, long ones, and those in valleys. */
const LAST_DOUBTFUL_STEP = 1e-11;
/** Steps longer than this, in u or in the exponent b D of the highest b-value, are long. */
const LONG = 0.01;
/** A Hessian whose determinant is a smaller part of the product of its diagonal forms a valley. */
const VALLEY = 0.01;
/** Minima closer to each other than this, in u and in the exponent b D of the highest b-value, are the same. */
const SAME_MINIMUM = 0.03;
/** Number of steps after which a descent must be below the least sum of squares known. */
const PATIENCE = 6;
/** Sums of squares below this are rounding. */
const ROUNDING = 1e-26;
/** A Hessian whose determinant is a smaller part of the product of its diagonal counts as singular. */
const SINGULAR = 1e-9;

/**
 * Newton's method for half of `SeparableObjective`, r(D, u)' r(D, u) / 2, inside a box of D and u. With gradient g and
 * Hessian H at x = (D, u), a step is
 *
 *     s = argmin g's + s'Hs / 2  with x + s inside the box
 *
 * cut (Nocedal and Wright, Numerical Optimization, 2006, section 3.5: the vertex of a parabola, a tenth to a half of the
 * step before) until the sum of squares falls. Where H is not positive definite, the Hessian of Gauss-Newton replaces it.
 * The descent stops where the promise -g's is at most a fraction `LAST_STEP` of the sum of squares (`LAST_DOUBTFUL_STEP` for
 * steps that do not converge quadratically), where no cut lowers it, or after `MAX_STEPS`.
 *
 * The answer is in `D` (mm²/s), `u`, `f` and `sse`.
 */
export class SeparableDescent {
  D = NaN;
  u = NaN;
  f = NaN;
  sse = NaN;
  /** Whether the steps ran out before a minimum was reached. */
  exhausted = false;

  readonly #objective: SeparableObjective;
  readonly #leastD: number;
  readonly #mostD: number;
  readonly #leastU: number;
  readonly #mostU: number;
  readonly #leastF: number;
  readonly #mostF: number;
  /** Whether Dp may become less than D on the way. */
  readonly #crossing: boolean;
  /** The quadratic model: gradient and Hessian. */
  #gD = 0;
  #gU = 0;
  #hDD = 0;
  #hDU = 0;
  #hUU = 0;
  #trusted = true;
  /** The best step known and the model's value there. */
  #stepD = 0;
  #stepU = 0;
  #stepValue = 0;

  constructor(
    objective: SeparableObjective,
    box: {
      readonly D: readonly [number, number];
      readonly u: readonly [number, number];
      readonly f: readonly [number, number];
    },
    crossing: boolean,
  ) {
    this.#objective = objective;
    [this.#leastD, this.#mostD] = box.D;
    [this.#leastU, this.#mostU] = box.u;
    [this.#leastF, this.#mostF] = box.f;
    this.#crossing = crossing;
  }

  /**
   * Descends from D, u, both inside the box.
   *
   * @param knownD,knownU a minimum found before; the descent stops near it, since it would end there
   * @param target the sum of squares there: a descent that stays above it for `PATIENCE` steps stops
   */
  run(D: number, u: number, knownD = NaN, knownU = NaN, target = Infinity): void {
    const objective = this.#objective;
    const closeD = SAME_MINIMUM / objective.bLast;
    let sse = objective.evaluate(D, u);
    this.exhausted = false;
    for (let count = 0; ; count++) {
      this.#chooseStep(D, u);
      const dD = this.#stepD;
      const dU = this.#stepU;
      const promise = -(this.#gD * dD + this.#gU * dU);
      if (!(promise > 0)) break;
      if (Math.abs(dU) > LONG || Math.abs(dD) * objective.bLast > LONG) this.#trusted = false;
      if (promise <= (this.#trusted ? LAST_STEP : LAST_DOUBTFUL_STEP) * sse + ROUNDING) {
        this.#finish(D, u, dD, dU, sse - promise);
        return;
      }
      if (Math.abs(D - knownD) < closeD && Math.abs(u - knownU) < SAME_MINIMUM && sse >= target) break;
      if (count >= PATIENCE && sse > target) break;
      if (count === MAX_STEPS) {
        this.exhausted = true;
        break;
      }

      let t = 1;
      let moved = false;
      for (let halving = 0; halving < MAX_HALVINGS; halving++) {
        const newD = clip(D + t * dD, this.#leastD, this.#mostD);
        const newU = clip(u + t * dU, this.#leastU, this.#mostU);
        const newSse = this.#allowed(newD, newU) ? objective.evaluate(newD, newU) : Infinity;
        if (newSse < sse) {
          D = newD;
          u = newU;
          sse = newSse;
          moved = true;
          break;
        }
        // The vertex of the parabola through both values and the slope at the start.
        const vertex = (t * promise) / (newSse - sse + 2 * t * promise);
        t *= clip(vertex, 0.1, 0.5);
      }
      if (!moved) {
        objective.evaluate(D, u);
        break;
      }
    }
    this.D = D;
    this.u = u;
    this.f = objective.f;
    this.sse = sse;
  }

  /** Takes the last step, and the change of f with it, without another evaluation. */
  #finish(D: number, u: number, dD: number, dU: number, sse: number): void {
    const { f, fByD, fByU } = this.#objective;
    const newD = clip(D + dD, this.#leastD, this.#mostD);
    const newU = clip(u + dU, this.#leastU, this.#mostU);
    const allowed = this.#allowed(newD, newU);
    this.D = allowed ? newD : D;
    this.u = allowed ? newU : u;
    this.f = allowed ? clip(f + fByD * dD + fByU * dU, this.#leastF, this.#mostF) : f;
    this.sse = sse > 0 ? sse : 0;
  }

  #allowed(D: number, u: number): boolean {
    return this.#crossing || u <= Math.exp(-this.#objective.b1 * D);
  }

  /** The minimiser of a convex quadratic model within the box. */
  #chooseStep(D: number, u: number): void {
    const o = this.#objective;
    const gD = (this.#gD = o.gradientD);
    const gU = (this.#gU = o.gradientU);
    this.#stepD = this.#stepU = this.#stepValue = 0;
    this.#trusted = true;
    const holdD = gD === 0 || (D <= this.#leastD && gD > 0) || (D >= this.#mostD && gD < 0);
    const holdU = gU === 0 || (u <= this.#leastU && gU > 0) || (u >= this.#mostU && gU < 0);
    if (holdD && holdU) return;

    let a = o.hessianDD;
    let h = o.hessianDU;
    let c = o.hessianUU;
    const convex = holdD ? c > 0 : holdU ? a > 0 : a > 0 && c > 0 && a * c - h * h > SINGULAR * a * c;
    if (!convex) {
      // A little damping keeps the model solvable where the two decays are nearly equal.
      a = o.gaussDD * 1.0001 + 1e-12;
      h = o.gaussDU;
      c = o.gaussUU * 1.0001 + 1e-18;
      this.#trusted = false;
    }
    this.#hDD = a;
    this.#hDU = h;
    this.#hUU = c;
    if (holdD) {
      this.#onFaceD(D, u, D);
      return;
    }
    if (holdU) {
      this.#onFaceU(D, u, u);
      return;
    }
    const determinant = a * c - h * h;
    if (determinant < VALLEY * a * c) this.#trusted = false;
    const newD = D + (gU * h - gD * c) / determinant;
    const newU = u + (gD * h - gU * a) / determinant;
    const outsideD = newD < this.#leastD || newD > this.#mostD;
    const outsideU = newU < this.#leastU || newU > this.#mostU;
    if (!outsideD && !outsideU) {
      this.#stepD = newD - D;
      this.#stepU = newU - u;
      return;
    }
    if (outsideU) {
      this.#onFaceU(D, u, clip(newU, this.#leastU, this.#mostU));
      const reached = D + this.#stepD;
      if (reached <= this.#leastD || reached >= this.#mostD) this.#onFaceD(D, u, reached);
    }
    if (outsideD) {
      this.#onFaceD(D, u, clip(newD, this.#leastD, this.#mostD));
      const reached = u + this.#stepU;
      if (reached <= this.#leastU || reached >= this.#mostU) this.#onFaceU(D, u, reached);
    }
  }

  /** Considers the model's best point with D at `value`. */
  #onFaceD(D: number, u: number, value: number): void {
    const dD = value - D;
    const dU = clip(u - (this.#gU + this.#hDU * dD) / this.#hUU, this.#leastU, this.#mostU) - u;
    this.#consider(dD, dU);
  }

  /** Considers the model's best point with u at `value`. */
  #onFaceU(D: number, u: number, value: number): void {
    const dU = value - u;
    const dD = clip(D - (this.#gD + this.#hDU * dU) / this.#hDD, this.#leastD, this.#mostD) - D;
    this.#consider(dD, dU);
  }

  #consider(dD: number, dU: number): void {
    const slope = this.#gD * dD + this.#gU * dU;
    const value = slope + 0.5 * (this.#hDD * dD * dD + this.#hUU * dU * dU) + this.#hDU * dD * dU;
    if (value < this.#stepValue) {
      this.#stepValue = value;
      this.#stepD = dD;
      this.#stepU = dU;
    }
  }
}

function clip(x: number, least: number, most: number): number {
  return x < least ? least : x > most ? most : x;
}
