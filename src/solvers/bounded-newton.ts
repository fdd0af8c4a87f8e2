/** A function of three variables that tells its value, gradient and Hessian. */
export interface Smooth3 {
  readonly gradient: Float64Array;
  /** xx, xy, xz, yy, yz, zz. */
  readonly hessian: Float64Array;
  /** A positive semidefinite matrix to use where the Hessian is not positive definite. */
  readonly majorant: Float64Array;
  /** Returns the value and fills in the rest. */
  evaluate(x: number, y: number, z: number): number;
}

/** How a search ended: at a minimum, near one that was known before, or not at all. */
export type Ending = 'converged' | 'known' | 'unfinished';

/** No step changes a variable by more. */
const longestStep = 2;
/** Minima nearer to each other than this in every variable are one. */
const met = 0.03;
/** A minimum is reached where a step promises to lower the value by no more. */
const enough = 1e-10;
/**
 * Where one promises no more than this and is as short, another evaluation is spared: it is taken, and what is left
 * is of the square of the promise.
 */
const last = 1e-7;
const short = 0.02;
/** Or where the step would change no variable by more: on a needle's point the value is all rounding. */
const negligible = 1e-8;
/** A step no longer than this that can't lower the value is rounding's: the minimum is reached too. */
const lost = 1e-4;
/** Share of what the gradient promises that a step must keep (Armijo). */
const kept = 1e-4;
/** Places of the diagonal in a packed matrix. */
const diagonal = [0, 3, 5];
/** A pivot that keeps no more of its diagonal is rounding's. */
const singular = 1e-10;
/** A step shortened this often, to a quarter each time, is lost in rounding. */
const mostCuts = 20;

/**
 * Newton's method for a minimum in a box of three variables. Variables on a bound that the gradient or the step
 * pushes against are held; the others take a Newton step, or one with the majorant where the Hessian is not
 * positive definite. A step is shortened as a whole, so that it stays a descent, where it would leave the box,
 * and cut until the value falls (Bertsekas, Nonlinear Programming, 1999, section 2.3).
 */
export class BoundedNewton {
  /** Where to start, and where it ended. */
  readonly x = new Float64Array(3);
  value = Infinity;
  /** Evaluations of the function so far, over all searches. */
  evaluations = 0;
  readonly #lower: Float64Array;
  readonly #upper: Float64Array;
  readonly #held = new Uint8Array(3);
  readonly #step = new Float64Array(3);
  #isNewton = false;
  readonly #blend = new Float64Array(6);

  constructor(lower: readonly number[], upper: readonly number[]) {
    this.#lower = Float64Array.from(lower);
    this.#upper = Float64Array.from(upper);
  }

  /**
   * Minimises from `x`, which it moves into the box first.
   *
   * @param known minima found before, three numbers each: a search that comes close to one would end there and stops
   * @param count how many are known
   */
  minimise(target: Smooth3, mostSteps: number, known: Float64Array, count: number): Ending {
    const { x } = this;
    const step = this.#step;
    const { gradient } = target;
    for (let j = 0; j < 3; j++) x[j] = Math.min(this.#upper[j], Math.max(this.#lower[j], x[j]));
    this.value = target.evaluate(x[0], x[1], x[2]);
    this.evaluations++;
    for (let taken = 0; taken < mostSteps; taken++) {
      for (let k = 0; k < count; k++) if (this.#isNear(known, 3 * k)) return 'known';
      this.#direct(target);
      const promised = -(gradient[0] * step[0] + gradient[1] * step[1] + gradient[2] * step[2]);
      if (promised <= last && this.#isLast()) {
        for (let j = 0; j < 3; j++) x[j] += step[j];
        this.value -= 0.5 * promised;
        return 'converged';
      }
      if (promised <= enough || this.#longest() <= negligible) return 'converged';
      if (!this.#advance(target, promised)) return this.#longest() < lost ? 'converged' : 'unfinished';
    }
    return 'unfinished';
  }

  #isNear(known: Float64Array, k: number): boolean {
    const { x } = this;
    return (
      Math.abs(x[0] - known[k]) < met &&
      Math.abs(x[1] - known[k + 1]) < met &&
      Math.abs(x[2] - known[k + 2]) < met
    );
  }

  /** Finds the step over the variables that aren't held. */
  #direct(target: Smooth3): void {
    const { gradient } = target;
    const { x } = this;
    const held = this.#held;
    for (let j = 0; j < 3; j++) {
      held[j] = (gradient[j] > 0 ? x[j] <= this.#lower[j] : x[j] >= this.#upper[j]) ? 1 : 0;
    }
    for (let again = true; again;) {
      this.#solveSafely(target);
      again = false;
      for (let j = 0; j < 3; j++) {
        // The others may send a variable across its bound although its own gradient points inside.
        const bound = this.#step[j] > 0 ? this.#upper[j] : this.#lower[j];
        if (held[j] || this.#step[j] === 0 || x[j] !== bound) continue;
        held[j] = 1;
        again = true;
      }
    }
  }

  /** Newton's step, bent towards the majorant's as far as it takes to be a descent. */
  #solveSafely(target: Smooth3): void {
    const { gradient, hessian, majorant } = target;
    this.#isNewton = this.#solve(hessian, gradient);
    if (this.#isNewton) return;
    const blend = this.#blend;
    for (let share = 0.25; share <= 1; share += 0.25) {
      for (let k = 0; k < 6; k++) blend[k] = hessian[k] + share * (majorant[k] - hessian[k]);
      if (this.#solve(blend, gradient)) return;
    }
    // The majorant may be singular, where some variable changes nothing.
    for (let damping = 1e-10; damping < 1e12; damping *= 100) {
      for (const k of diagonal) blend[k] = majorant[k] + damping * (1 + majorant[k]);
      if (this.#solve(blend, gradient)) return;
    }
    this.#step.fill(0);
  }

  /** Whether the step is Newton's, short, and inside the box. */
  #isLast(): boolean {
    const { x } = this;
    const step = this.#step;
    if (!this.#isNewton || this.#longest() > short) return false;
    for (let j = 0; j < 3; j++) {
      const moved = x[j] + step[j];
      if (moved < this.#lower[j] || moved > this.#upper[j]) return false;
    }
    return true;
  }

  #longest(): number {
    const step = this.#step;
    return Math.max(Math.abs(step[0]), Math.abs(step[1]), Math.abs(step[2]));
  }

  /** Takes as much of the step as the box and a falling value allow; false where no part of it lowers the value. */
  #advance(target: Smooth3, promised: number): boolean {
    const { x } = this;
    const step = this.#step;
    const [x0, x1, x2] = x;
    const before = this.value;
    let length = Math.min(1, longestStep / this.#longest());
    let blocked = -1;
    for (let j = 0; j < 3; j++) {
      const bound = step[j] > 0 ? this.#upper[j] : this.#lower[j];
      if (step[j] === 0 || (x[j] + length * step[j] - bound) * step[j] <= 0) continue;
      length = (bound - x[j]) / step[j];
      blocked = j;
    }
    for (let cut = 0; cut <= mostCuts; cut++) {
      x[0] = x0 + length * step[0];
      x[1] = x1 + length * step[1];
      x[2] = x2 + length * step[2];
      // Exactly, so that it is held from now on.
      if (blocked >= 0) x[blocked] = step[blocked] > 0 ? this.#upper[blocked] : this.#lower[blocked];
      this.value = target.evaluate(x[0], x[1], x[2]);
      this.evaluations++;
      if (this.value <= before - kept * length * promised) return true;
      length /= 4;
      blocked = -1;
    }
    x[0] = x0;
    x[1] = x1;
    x[2] = x2;
    this.value = before;
    return false;
  }

  /**
   * Solves matrix x step = -gradient over the variables not held, by L D L' (Golub and Van Loan, Matrix Computations,
   * section 4.1); false if it isn't positive definite.
   */
  #solve(matrix: Float64Array, gradient: Float64Array): boolean {
    const held = this.#held;
    const step = this.#step;
    const free0 = held[0] === 0;
    const free1 = held[1] === 0;
    const free2 = held[2] === 0;
    const xx = free0 ? matrix[0] : 1;
    const xy = free0 && free1 ? matrix[1] : 0;
    const xz = free0 && free2 ? matrix[2] : 0;
    const yy = free1 ? matrix[3] : 1;
    const yz = free1 && free2 ? matrix[4] : 0;
    const zz = free2 ? matrix[5] : 1;
    if (!(xx > 0)) return false;
    const perX = 1 / xx;
    const ly = xy * perX;
    const lz = xz * perX;
    const dy = yy - ly * xy;
    if (!(dy > singular * yy)) return false;
    const perY = 1 / dy;
    const rest = yz - ly * xz;
    const lzy = rest * perY;
    const dz = zz - lz * xz - lzy * rest;
    if (!(dz > singular * zz)) return false;
    const gx = free0 ? -gradient[0] : 0;
    const gy = (free1 ? -gradient[1] : 0) - ly * gx;
    const gz = (free2 ? -gradient[2] : 0) - lz * gx - lzy * gy;
    const z = gz / dz;
    const y = gy * perY - lzy * z;
    step[0] = gx * perX - ly * y - lz * z;
    step[1] = y;
    step[2] = z;
    return true;
  }
}
