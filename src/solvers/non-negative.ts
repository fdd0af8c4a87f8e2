import { Cholesky } from './cholesky.ts';

/** A component of the gradient below this fraction of the largest of A'y counts as zero. */
const FLAT = 1e-10;

/**
 * Least squares with non-negative unknowns,
 *
 *     minimise  |A x - y|² + ridge |x|²,  x >= 0
 *
 * by the active-set method of Lawson and Hanson (Solving Least Squares Problems, 1974, chapter 23) on the normal equations (Bro
 * and de Jong, J Chemom 1997;11:393): the unknown with the steepest descent is freed, the free ones are solved for, and those that
 * would become negative are held at 0 again. Allocates only in the constructor.
 */
export class NonNegative {
  /** The answer. */
  readonly x: Float64Array;
  readonly #n: number;
  readonly #m: number;
  readonly #A: Float64Array;
  readonly #normal: Float64Array;
  readonly #right: Float64Array;
  readonly #held: Uint8Array;
  readonly #next: Float64Array;
  readonly #cholesky: Cholesky;

  /** @param A m x n, row-major; @param ridge above 0, since neighbouring columns may be nearly equal */
  constructor(A: Float64Array, n: number, ridge: number) {
    this.#n = n;
    this.#m = A.length / n;
    this.#A = A;
    this.x = new Float64Array(n);
    this.#right = new Float64Array(n);
    this.#held = new Uint8Array(n);
    this.#next = new Float64Array(n);
    this.#cholesky = new Cholesky(n);
    this.#normal = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        let sum = i === j ? ridge : 0;
        for (let k = 0; k < this.#m; k++) sum += A[k * n + i] * A[k * n + j];
        this.#normal[i * n + j] = sum;
      }
    }
  }

  /** Solves for the signals that start at `offset`. @returns false if it did not end */
  solve(y: Float64Array, offset: number): boolean {
    const n = this.#n;
    const { x } = this;
    const right = this.#right;
    const held = this.#held;
    x.fill(0);
    held.fill(1);
    let largest = 0;
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let k = 0; k < this.#m; k++) sum += this.#A[k * n + j] * y[offset + k];
      right[j] = sum;
      largest = Math.max(largest, Math.abs(sum));
    }
    for (let step = 0; step < 3 * n; step++) {
      const steepest = this.#steepest(FLAT * largest);
      if (steepest < 0) return true;
      held[steepest] = 0;
      if (!this.#solveFree(steepest)) return false;
    }
    return false;
  }

  /** Returns the held unknown with the largest descent above `flat`; -1 if there is none. */
  #steepest(flat: number): number {
    const n = this.#n;
    let best = -1;
    let most = flat;
    for (let j = 0; j < n; j++) {
      if (!this.#held[j]) continue;
      let descent = this.#right[j];
      for (let i = 0; i < n; i++) if (this.x[i] > 0) descent -= this.#normal[j * n + i] * this.x[i];
      if (descent <= most) continue;
      most = descent;
      best = j;
    }
    return best;
  }

  /** Solves for the free unknowns, holding those that become negative on the way there. */
  #solveFree(freed: number): boolean {
    const n = this.#n;
    const { x } = this;
    const next = this.#next;
    for (let again = 0; again <= n; again++) {
      if (!this.#cholesky.factorise(this.#normal, this.#held)) return false;
      this.#cholesky.solve(this.#right, next);
      let share = 1;
      for (let j = 0; j < n; j++) {
        if (!this.#held[j] && next[j] <= 0 && j !== freed) share = Math.min(share, x[j] / (x[j] - next[j]));
      }
      // By rounding, the freed unknown may not rise: hold it, and what is left is the answer.
      if (next[freed] <= 0 && share === 1) {
        this.#held[freed] = 1;
        x[freed] = 0;
        continue;
      }
      for (let j = 0; j < n; j++) {
        if (this.#held[j]) continue;
        x[j] += share * (next[j] - x[j]);
        if (share < 1 && x[j] <= 1e-14 && j !== freed) {
          x[j] = 0;
          this.#held[j] = 1;
        }
      }
      if (share === 1) return true;
    }
    return false;
  }
}
