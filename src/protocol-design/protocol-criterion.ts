import { PARAMETERS } from '../contracts/voxels.ts';
import type { ParameterName, Parameters } from '../contracts/voxels.ts';

/** The objective of a protocol optimisation. */
export interface DesignProblem {
  /** Allowed b-values in s/mm²: ascending, each once. */
  readonly candidates: Float64Array;
  /** Maximum number of measurements of each. */
  readonly repeats: number;
  /** A sample of the expected tissue, equally weighted. */
  readonly tissues: Parameters;
  /** The parameters to estimate in addition to S0; the others are assumed known. */
  readonly estimates: readonly ParameterName[];
  /**
   * The quantity averaged over the tissues: the sum over `estimates` of relative variances, or of relative standard deviations,
   * according to the Cramér-Rao bound.
   */
  readonly criterion: Criterion;
}

export const CRITERIA = ['variance', 'deviation'] as const;
export type Criterion = (typeof CRITERIA)[number];

/** A pivot of at most this fraction of the information on its parameter counts as zero. */
const SINGULAR = 1e-12;

/** The same for protocols kept by `hold`: below it, the effect of one more measurement is lost in rounding. */
const HARDLY_DETERMINED = 1e-6;

/**
 * The quality of a protocol consisting of a problem's candidates: the Cramér-Rao bound averaged over tissues (A-optimality
 * on a logarithmic scale; Fedorov, Theory of Optimal Experiments, 1972; for IVIM Leporq et al., Magn Reson Med
 * 2015;74:1338):
 *
 *     I_t = sum over measurements k of j_tk j_tk',  j_tk the derivatives of S(b_k) / S0 by ln S0 and the ln of the parameters
 *     criterion = mean over tissues t of the sum over parameters i of [I_t^-1]_ii     (`variance`)
 *                                                                or of its square root (`deviation`)
 *
 * for a noise of S0 in every measurement (Kay, Fundamentals of Statistical Signal Processing: Estimation Theory, 1993,
 * equation 3.31). The inverse comes from a Cholesky factorisation (Golub and Van Loan, Matrix Computations, 2013, section
 * 4.2); one measurement more changes it by the formula of Sherman and Morrison (same, equation 2.1.5).
 */
export class ProtocolCriterion {
  readonly #problem: DesignProblem;
  /** Number of estimated parameters, including S0. */
  readonly #size: number;
  /** candidates x tissues x size: derivatives of the signal over S0 by ln S0 and by the logarithms of the parameters. */
  readonly #slopes: Float64Array;
  /** The information of one tissue, then its Cholesky factor: size x size, lower triangle. */
  readonly #matrix: Float64Array;
  /** A column of that factor's inverse. */
  readonly #column: Float64Array;
  /** tissues x size x size: the inverses kept by `hold`. */
  readonly #held: Float64Array;

  constructor(problem: DesignProblem) {
    const { candidates, tissues, estimates } = problem;
    const wanted = PARAMETERS.filter((name) => estimates.includes(name));
    const size = wanted.length + 1;
    this.#problem = problem;
    this.#size = size;
    this.#matrix = new Float64Array(size * size);
    this.#column = new Float64Array(size);
    this.#held = new Float64Array(tissues.n * size * size);
    this.#slopes = new Float64Array(candidates.length * tissues.n * size);
    let at = 0;
    for (const b of candidates) {
      for (let t = 0; t < tissues.n; t++) {
        const [D, f, Dp] = [tissues.D[t], tissues.f[t], tissues.Dp[t]];
        const [slow, fast] = [Math.exp(-b * D), Math.exp(-b * Dp)];
        const by = { D: -b * D * (1 - f) * slow, f: f * (fast - slow), Dp: -b * Dp * f * fast };
        this.#slopes[at++] = f * fast + (1 - f) * slow;
        for (const name of wanted) this.#slopes[at++] = by[name];
      }
    }
  }

  /**
   * Returns the criterion for a noise equal to S0: variances scale with the square of the noise and deviations with the noise,
   * so the best protocol is the same at every noise level.
   * @param counts how often each candidate is measured
   * @returns Infinity if they leave a parameter of a tissue undetermined
   */
  of(counts: ArrayLike<number>): number {
    const { tissues, criterion } = this.#problem;
    const size = this.#size;
    let sum = 0;
    for (let t = 0; t < tissues.n; t++) {
      if (!this.#factorise(counts, t, SINGULAR)) return Infinity;
      for (let i = 1; i < size; i++) {
        const squares = inverseColumn(this.#matrix, size, i, this.#column);
        sum += criterion === 'variance' ? squares : Math.sqrt(squares);
      }
    }
    return sum / tissues.n;
  }

  /**
   * Stores the inverses of a protocol for `heldWith`.
   * @returns false if the protocol leaves a parameter undetermined, or nearly so
   */
  hold(counts: ArrayLike<number>): boolean {
    const [size, column] = [this.#size, this.#column];
    this.#held.fill(0);
    for (let t = 0; t < this.#problem.tissues.n; t++) {
      if (!this.#factorise(counts, t, HARDLY_DETERMINED)) return false;
      // The inverse is the sum over the rows of L⁻¹ of their outer products; column k of L⁻¹ has the k-th entries of all.
      const rows = this.#matrix.slice();
      for (let k = 0; k < size; k++) {
        inverseColumn(this.#matrix, size, k, column);
        for (let i = 0; i < size; i++) rows[i * size + k] = i < k ? 0 : column[i];
      }
      for (let i = 0; i < size; i++) {
        for (let j = 0; j < size; j++) {
          let sum = 0;
          for (let row = Math.max(i, j); row < size; row++)
            sum += rows[row * size + i] * rows[row * size + j];
          this.#held[(t * size + i) * size + j] = sum;
        }
      }
    }
    return true;
  }

  /** Returns the criterion of the stored protocol with one more measurement. */
  heldWith(candidate: number): number {
    const { tissues, criterion } = this.#problem;
    const [size, held, slopes, column] = [this.#size, this.#held, this.#slopes, this.#column];
    let sum = 0;
    for (let t = 0; t < tissues.n; t++) {
      const [at, from] = [(candidate * tissues.n + t) * size, t * size * size];
      let along = 1;
      for (let i = 0; i < size; i++) {
        let product = 0;
        for (let j = 0; j < size; j++) product += held[from + i * size + j] * slopes[at + j];
        column[i] = product;
        along += product * slopes[at + i];
      }
      for (let i = 1; i < size; i++) {
        const variance = held[from + i * (size + 1)] - (column[i] * column[i]) / along;
        sum += criterion === 'variance' ? variance : Math.sqrt(variance);
      }
    }
    return sum / tissues.n;
  }

  /** Computes the Cholesky factor of a protocol's information on one tissue; returns false if it is singular. */
  #factorise(counts: ArrayLike<number>, t: number, least: number): boolean {
    const { candidates, tissues } = this.#problem;
    const [size, slopes, matrix] = [this.#size, this.#slopes, this.#matrix];
    matrix.fill(0);
    for (let c = 0; c < candidates.length; c++) {
      if (counts[c] === 0) continue;
      const at = (c * tissues.n + t) * size;
      for (let i = 0; i < size; i++) {
        const weighted = counts[c] * slopes[at + i];
        for (let j = 0; j <= i; j++) matrix[i * size + j] += weighted * slopes[at + j];
      }
    }
    return factorise(matrix, size, least);
  }
}

/** Replaces a matrix by its Cholesky factor; returns false if a pivot is at most the fraction `least` of its diagonal. */
function factorise(matrix: Float64Array, size: number, least: number): boolean {
  for (let i = 0; i < size; i++) {
    const all = matrix[i * size + i];
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j];
      for (let k = 0; k < j; k++) sum -= matrix[i * size + k] * matrix[j * size + k];
      if (j < i) matrix[i * size + j] = sum / matrix[j * size + j];
      else if (sum > least * all) matrix[i * size + i] = Math.sqrt(sum);
      else return false;
    }
  }
  return true;
}

/**
 * Computes a column of the inverse of L, from its diagonal on.
 * @returns its squared length, which is the diagonal entry of the inverse of L L'
 */
function inverseColumn(factor: Float64Array, size: number, which: number, column: Float64Array): number {
  let squares = 0;
  for (let i = which; i < size; i++) {
    let sum = i === which ? 1 : 0;
    for (let k = which; k < i; k++) sum -= factor[i * size + k] * column[k];
    column[i] = sum / factor[i * size + i];
    squares += column[i] * column[i];
  }
  return squares;
}

/** Returns the criterion of a problem for any b-values, candidates or not, for a noise equal to S0. */
export function criterionOf(problem: DesignProblem, bValues: readonly number[]): number {
  const candidates = Float64Array.from(new Set(bValues));
  const counts = candidates.map((b) => bValues.filter((other) => other === b).length);
  return new ProtocolCriterion({ ...problem, candidates }).of(counts);
}
