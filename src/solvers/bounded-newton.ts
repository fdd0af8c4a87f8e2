/** A function of three variables with its gradient and Hessian. */
export interface Smooth3 {
  readonly gradient: Float64Array;
  /** xx, xy, xz, yy, yz, zz. */
  readonly hessian: Float64Array;
  /** A positive semidefinite matrix to use where the Hessian is not positive definite. */
  readonly majorant: Float64Array;
  /** Returns the value and fills in the rest. */
  evaluate(x: number, y: number, z: number): number;
}

/** How a search ended: at a minimum, close to one that was known before, or neither. */
export type Ending = 'converged' | 'known' | 'unfinished';

/** No step changes a variable by more. */
const LONGEST_STEP = 2;
/** Minima closer to each other than this in every variable are the same. */
const SAME_MINIMUM_DISTANCE = 0.03;
/** A minimum is reached where a step promises to lower the value by no more. */
const CONVERGED_PROMISE = 1e-10;
/**
 * A Newton step that promises no more, and is no longer than `UNCHECKED_STEP`, is taken without another evaluation: what is
 * left is of the order of the square of the promise.
 */
const UNCHECKED_PROMISE = 1e-7;
const UNCHECKED_STEP = 0.02;
/** The search also stops where the step changes no variable by more. In very narrow minima differences of the value are rounding. */
const NEGLIGIBLE_STEP = 1e-8;
/** If a step no longer than this does not lower the value, the reason is rounding, and the minimum is reached. */
const ROUNDING_STEP = 1e-4;
/** Fraction of the decrease promised by the gradient that a step must achieve (Armijo). */
const ARMIJO_FRACTION = 1e-4;
/** Places of the diagonal in a packed matrix. */
const DIAGONAL = [0, 3, 5];
/** A pivot smaller than this fraction of its diagonal element counts as zero. */
const SINGULAR_PIVOT = 1e-10;
/** A step is cut to a quarter at most this often; 4^-20 of a step is rounding. */
const MOST_CUTS = 20;

/**
 * Newton's method for the minimum of a function F in a box of three variables. With gradient g and Hessian H at x, a step
 * solves
 *
 *     H s = -g
 *
 * over the variables that are free; those on a bound against which gradient or step push are held (Bertsekas, Nonlinear
 * Programming, 1999, section 2.3). Where H is not positive definite it is blended with the majorant until it is. The step
 * is shortened as a whole where it would leave the box, so that it stays a descent, and cut to quarters until
 * F(x + t s) <= F(x) + 1e-4 t g's (Armijo; Nocedal and Wright, Numerical Optimization, 2006, equation 3.4). The search
 * stops where -g's <= `CONVERGED_PROMISE` or no variable would move by more than `NEGLIGIBLE_STEP`.
 */
export class BoundedNewton {
  /** The start of a search, and its end. */
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
   * @param known minima found before, three numbers each; the search stops near one, since it would end there
   * @param count number of known minima
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
      if (promised <= UNCHECKED_PROMISE && this.#isLast()) {
        for (let j = 0; j < 3; j++) x[j] += step[j];
        this.value -= 0.5 * promised;
        return 'converged';
      }
      if (promised <= CONVERGED_PROMISE || this.#longest() <= NEGLIGIBLE_STEP) return 'converged';
      if (!this.#advance(target, promised))
        return this.#longest() < ROUNDING_STEP ? 'converged' : 'unfinished';
    }
    return 'unfinished';
  }

  #isNear(known: Float64Array, k: number): boolean {
    const { x } = this;
    return (
      Math.abs(x[0] - known[k]) < SAME_MINIMUM_DISTANCE &&
      Math.abs(x[1] - known[k + 1]) < SAME_MINIMUM_DISTANCE &&
      Math.abs(x[2] - known[k + 2]) < SAME_MINIMUM_DISTANCE
    );
  }

  /** Finds the step over the variables that are not held. */
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
        // A variable whose own gradient points inside may still cross its bound, through its coupling with the others.
        const bound = this.#step[j] > 0 ? this.#upper[j] : this.#lower[j];
        if (held[j] || this.#step[j] === 0 || x[j] !== bound) continue;
        held[j] = 1;
        again = true;
      }
    }
  }

  /** Newton's step, blended with the majorant's as far as needed for a descent. */
  #solveSafely(target: Smooth3): void {
    const { gradient, hessian, majorant } = target;
    this.#isNewton = this.#solve(hessian, gradient);
    if (this.#isNewton) return;
    const blend = this.#blend;
    for (let share = 0.25; share <= 1; share += 0.25) {
      for (let k = 0; k < 6; k++) blend[k] = hessian[k] + share * (majorant[k] - hessian[k]);
      if (this.#solve(blend, gradient)) return;
    }
    // The majorant is singular where a variable changes nothing.
    for (let damping = 1e-10; damping < 1e12; damping *= 100) {
      for (const k of DIAGONAL) blend[k] = majorant[k] + damping * (1 + majorant[k]);
      if (this.#solve(blend, gradient)) return;
    }
    this.#step.fill(0);
  }

  /** Whether the step is Newton's, short, and inside the box. */
  #isLast(): boolean {
    const { x } = this;
    const step = this.#step;
    if (!this.#isNewton || this.#longest() > UNCHECKED_STEP) return false;
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

  /** Takes the largest part of the step that stays in the box and lowers the value enough. @returns false if there is none */
  #advance(target: Smooth3, promised: number): boolean {
    const { x } = this;
    const step = this.#step;
    const [x0, x1, x2] = x;
    const before = this.value;
    let length = Math.min(1, LONGEST_STEP / this.#longest());
    let blocked = -1;
    for (let j = 0; j < 3; j++) {
      const bound = step[j] > 0 ? this.#upper[j] : this.#lower[j];
      if (step[j] === 0 || (x[j] + length * step[j] - bound) * step[j] <= 0) continue;
      length = (bound - x[j]) / step[j];
      blocked = j;
    }
    for (let cut = 0; cut <= MOST_CUTS; cut++) {
      x[0] = x0 + length * step[0];
      x[1] = x1 + length * step[1];
      x[2] = x2 + length * step[2];
      // Exactly on the bound, so that it is held from now on.
      if (blocked >= 0) x[blocked] = step[blocked] > 0 ? this.#upper[blocked] : this.#lower[blocked];
      this.value = target.evaluate(x[0], x[1], x[2]);
      this.evaluations++;
      if (this.value <= before - ARMIJO_FRACTION * length * promised) return true;
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
   * section 4.1); false where it is not positive definite.
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
    if (!(dy > SINGULAR_PIVOT * yy)) return false;
    const perY = 1 / dy;
    const rest = yz - ly * xz;
    const lzy = rest * perY;
    const dz = zz - lz * xz - lzy * rest;
    if (!(dz > SINGULAR_PIVOT * zz)) return false;
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
