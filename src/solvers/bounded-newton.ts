/** A function of three variables that can tell its value, gradient and Hessian. */
export interface Smooth3 {
  readonly gradient: Float64Array;
  /** 3 x 3, row-major. */
  readonly hessian: Float64Array;
  /** A positive semidefinite matrix to use where the Hessian is not positive definite. */
  readonly majorant: Float64Array;
  evaluate(x: number, y: number, z: number): number;
}

/** No step changes a variable by more. */
const longestStep = 2;
/** Minima nearer to each other than this in every variable are one. */
const met = 0.03;
/** A minimum is reached where a step promises to lower the value by no more. */
const enough = 1e-10;

/**
 * Newton's method for a minimum in a box of three variables. Variables that sit on a bound with the gradient
 * pushing them against it are held; the others take a Newton step, or one with the majorant where the
 * Hessian is not positive definite. A step is shortened as a whole, so that it stays a descent, where it would
 * leave the box, and halved until the value falls by a share of what the gradient promises.
 */
export class BoundedNewton {
  readonly x = new Float64Array(3);
  value = 0;
  /** The function's evaluations since this was made. */
  evaluations = 0;
  readonly #lower: Float64Array;
  readonly #upper: Float64Array;
  readonly #held = new Uint8Array(3);
  readonly #step = new Float64Array(3);
  readonly #factor = new Float64Array(9);

  constructor(lower: readonly number[], upper: readonly number[]) {
    this.#lower = Float64Array.from(lower);
    this.#upper = Float64Array.from(upper);
  }

  /**
   * Minimises from `x`, which it changes; returns whether it converged within `most` steps.
   *
   * @param known a minimum found before; a search that comes close to it would end there too and stops
   */
  minimise(target: Smooth3, most: number, known?: Float64Array): boolean {
    const { x } = this;
    const step = this.#step;
    const { gradient } = target;
    for (let j = 0; j < 3; j++) x[j] = Math.min(this.#upper[j], Math.max(this.#lower[j], x[j]));
    this.value = target.evaluate(x[0], x[1], x[2]);
    this.evaluations++;
    for (let iteration = 0; iteration < most; iteration++) {
      if (known && this.#near(known)) return true;
      for (let j = 0; j < 3; j++) {
        const held = gradient[j] > 0 ? x[j] <= this.#lower[j] : x[j] >= this.#upper[j];
        this.#held[j] = held ? 1 : 0;
      }
      this.#direct(target);
      let longest = 0;
      for (let j = 0; j < 3; j++) longest = Math.max(longest, Math.abs(step[j]));
      const promised = -(gradient[0] * step[0] + gradient[1] * step[1] + gradient[2] * step[2]);
      if (!(promised > enough)) return promised >= 0;
      let length = Math.min(1, longestStep / longest);
      let blocked = -1;
      for (let j = 0; j < 3; j++) {
        const bound = step[j] > 0 ? this.#upper[j] : this.#lower[j];
        if (step[j] !== 0 && (x[j] + length * step[j] - bound) * step[j] > 0) {
          length = (bound - x[j]) / step[j];
          blocked = j;
        }
      }
      const x0 = x[0];
      const x1 = x[1];
      const x2 = x[2];
      const before = this.value;
      for (let halving = 0; ; halving++) {
        x[0] = x0 + length * step[0];
        x[1] = x1 + length * step[1];
        x[2] = x2 + length * step[2];
        if (blocked >= 0 && halving === 0)
          x[blocked] = step[blocked] > 0 ? this.#upper[blocked] : this.#lower[blocked];
        this.value = target.evaluate(x[0], x[1], x[2]);
        this.evaluations++;
        if (this.value <= before - 1e-4 * length * promised) break;
        if (halving === 30) {
          x[0] = x0;
          x[1] = x1;
          x[2] = x2;
          this.value = before;
          return promised < 1e-6;
        }
        length /= 4;
      }
    }
    return false;
  }

  #near(known: Float64Array): boolean {
    const { x } = this;
    return (
      Math.abs(x[0] - known[0]) < met && Math.abs(x[1] - known[1]) < met && Math.abs(x[2] - known[2]) < met
    );
  }

  /**
   * Finds the step over the free variables. One on a bound whose own gradient points inside may still be sent
   * outside by the others: it is held too.
   */
  #direct(target: Smooth3): void {
    const { gradient } = target;
    for (let again = true; again;) {
      if (!this.#solve(target.hessian, gradient, 0)) {
        let damping = 1e-12;
        while (!this.#solve(target.majorant, gradient, damping)) damping *= 100;
      }
      again = false;
      for (let j = 0; j < 3; j++) {
        const bound = this.#step[j] > 0 ? this.#upper[j] : this.#lower[j];
        if (this.#held[j] || this.#step[j] === 0 || this.x[j] !== bound) continue;
        this.#held[j] = 1;
        again = true;
      }
    }
  }

  /** Solves (matrix + damping) step = -gradient over the free variables; false where it isn't positive definite. */
  #solve(matrix: Float64Array, gradient: Float64Array, damping: number): boolean {
    const L = this.#factor;
    const held = this.#held;
    const step = this.#step;
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j <= i; j++) {
        let sum = held[i] || held[j] ? (i === j ? 1 : 0) : matrix[3 * i + j];
        if (i === j) sum += damping * (1 + sum);
        const diagonal = sum;
        for (let k = 0; k < j; k++) sum -= L[3 * i + k] * L[3 * j + k];
        if (i === j) {
          if (!(sum > 1e-10 * diagonal) || !(diagonal > 0)) return false;
          L[4 * i] = Math.sqrt(sum);
        } else L[3 * i + j] = sum / L[4 * j];
      }
    }
    for (let i = 0; i < 3; i++) {
      let sum = held[i] ? 0 : -gradient[i];
      for (let k = 0; k < i; k++) sum -= L[3 * i + k] * step[k];
      step[i] = sum / L[4 * i];
    }
    for (let i = 2; i >= 0; i--) {
      let sum = step[i];
      for (let k = i + 1; k < 3; k++) sum -= L[3 * k + i] * step[k];
      step[i] = sum / L[4 * i];
    }
    return true;
  }
}
