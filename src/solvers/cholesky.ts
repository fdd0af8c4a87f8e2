/** A pivot no larger than this, in the matrix scaled to a diagonal of ones, counts as zero. */
const SINGULAR = 1e-14;

/**
 * Cholesky factorisation of a symmetric positive definite matrix over the variables that are not held,
 *
 *     S A S = L L',  L_ij = (A_ij s_i s_j - sum over k < j of L_ik L_jk) / L_jj,  s_i = A_ii^(-1/2)
 *
 * row by row (Golub and Van Loan, Matrix Computations, 2013, section 4.2.5). S scales the diagonal to ones, which is
 * within a factor n of the best conditioned diagonal scaling (van der Sluis, Numer Math 1969;14:14) and makes the result
 * independent of the units of the variables. Allocates only in the constructor.
 */
export class Cholesky {
  readonly #n: number;
  readonly #L: Float64Array;
  readonly #scale: Float64Array;
  readonly #held: Uint8Array;
  readonly #column: Float64Array;

  constructor(n: number) {
    this.#n = n;
    this.#L = new Float64Array(n * n);
    this.#scale = new Float64Array(n);
    this.#held = new Uint8Array(n);
    this.#column = new Float64Array(n);
  }

  /**
   * Factorises `matrix` (n x n, row-major) with its diagonal multiplied by 1 + `damping`.
   *
   * @param held 1 for every variable whose row and column are omitted
   * @returns false where the rest is not positive definite
   */
  factorise(matrix: Float64Array, held: Uint8Array, damping = 0): boolean {
    const n = this.#n;
    const L = this.#L;
    const scale = this.#scale;
    this.#held.set(held);
    for (let i = 0; i < n; i++) {
      if (held[i]) continue;
      const diagonal = matrix[i * n + i];
      if (!(diagonal > 0 && diagonal < Infinity)) return false;
      scale[i] = 1 / Math.sqrt(diagonal);
    }
    for (let i = 0; i < n; i++) {
      if (held[i]) continue;
      for (let j = 0; j <= i; j++) {
        if (held[j]) continue;
        let sum = i === j ? 1 + damping : matrix[i * n + j] * scale[i] * scale[j];
        for (let k = 0; k < j; k++) if (!held[k]) sum -= L[i * n + k] * L[j * n + k];
        if (i !== j) L[i * n + j] = sum / L[j * n + j];
        else if (sum > SINGULAR) L[i * n + i] = Math.sqrt(sum);
        else return false;
      }
    }
    return true;
  }

  /** Solves matrix x = right for the last matrix factorised; held variables get 0. `x` may be `right`. */
  solve(right: Float64Array, x: Float64Array): void {
    const n = this.#n;
    const L = this.#L;
    const scale = this.#scale;
    const held = this.#held;
    for (let i = 0; i < n; i++) {
      if (held[i]) {
        x[i] = 0;
        continue;
      }
      let sum = right[i] * scale[i];
      for (let k = 0; k < i; k++) if (!held[k]) sum -= L[i * n + k] * x[k];
      x[i] = sum / L[i * n + i];
    }
    for (let i = n - 1; i >= 0; i--) {
      if (held[i]) continue;
      let sum = x[i];
      for (let k = i + 1; k < n; k++) if (!held[k]) sum -= L[k * n + i] * x[k];
      x[i] = sum / L[i * n + i];
    }
    for (let i = 0; i < n; i++) if (!held[i]) x[i] *= scale[i];
  }

  /** Writes the diagonal of the inverse of the last matrix factorised; NaN for held variables. */
  inverseDiagonal(to: Float64Array): void {
    const column = this.#column;
    for (let i = 0; i < this.#n; i++) {
      column.fill(0);
      column[i] = 1;
      this.solve(column, column);
      to[i] = this.#held[i] ? NaN : column[i];
    }
  }

  /** x = L^-T z in the variables' own units: turns standard normal `z` into a draw whose covariance is the inverse. */
  spread(z: Float64Array, x: Float64Array): void {
    const n = this.#n;
    const L = this.#L;
    const held = this.#held;
    for (let i = n - 1; i >= 0; i--) {
      if (held[i]) {
        x[i] = 0;
        continue;
      }
      let sum = z[i];
      for (let k = i + 1; k < n; k++) if (!held[k]) sum -= L[k * n + i] * x[k];
      x[i] = sum / L[i * n + i];
    }
    for (let i = 0; i < n; i++) if (!held[i]) x[i] *= this.#scale[i];
  }
}
