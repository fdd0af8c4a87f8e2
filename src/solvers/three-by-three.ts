/** Two columns whose cosine is below this count as orthogonal. */
const ORTHOGONAL = 1e-15;
const MAX_SWEEPS = 30;

/**
 * Singular value decomposition of a 3 x 3 matrix by one-sided Jacobi rotations (Hestenes 1958; Golub and Van
 * Loan, Matrix Computations, 4th ed., section 8.6.3). It works on the matrix itself, not on its square, which preserves the
 * digits of small singular values.
 *
 * @param W column-major 3 x 3; on return W V, whose columns are orthogonal and as long as the singular values
 * @param V column-major 3 x 3; on return the right singular vectors, in no particular order
 */
export function orthogonalise(W: Float64Array, V: Float64Array): void {
  V.fill(0);
  V[0] = V[4] = V[8] = 1;
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    const a = rotate(W, V, 0, 3);
    const b = rotate(W, V, 0, 6);
    const c = rotate(W, V, 3, 6);
    if (!a && !b && !c) return;
  }
}

/** Makes the columns that start at p and q orthogonal. @returns false if they already are */
function rotate(W: Float64Array, V: Float64Array, p: number, q: number): boolean {
  const p0 = W[p];
  const p1 = W[p + 1];
  const p2 = W[p + 2];
  const q0 = W[q];
  const q1 = W[q + 1];
  const q2 = W[q + 2];
  const pp = p0 * p0 + p1 * p1 + p2 * p2;
  const qq = q0 * q0 + q1 * q1 + q2 * q2;
  const pq = p0 * q0 + p1 * q1 + p2 * q2;
  if (!(Math.abs(pq) > ORTHOGONAL * Math.sqrt(pp * qq))) return false;
  const zeta = (qq - pp) / (2 * pq);
  const t = (zeta >= 0 ? 1 : -1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
  if (t === 0) return false;
  const c = 1 / Math.sqrt(1 + t * t);
  const s = c * t;
  W[p] = c * p0 - s * q0;
  W[p + 1] = c * p1 - s * q1;
  W[p + 2] = c * p2 - s * q2;
  W[q] = s * p0 + c * q0;
  W[q + 1] = s * p1 + c * q1;
  W[q + 2] = s * p2 + c * q2;
  for (let i = 0; i < 3; i++) {
    const vp = V[p + i];
    const vq = V[q + i];
    V[p + i] = c * vp - s * vq;
    V[q + i] = s * vp + c * vq;
  }
  return true;
}

/**
 * Householder reductions of a tall matrix of three columns with one right-hand side to a triangle (Golub and Van
 * Loan, Matrix Computations, 4th ed., algorithm 5.2.1).
 *
 * @param A column-major, rows x 4: three columns and the right-hand side; overwritten
 * @param rows at least 3
 * @param R column-major 3 x 3, upper triangular on return, so that R'R is the product of the columns
 * @param rhs the first three entries of the transformed right-hand side
 */
export function triangularise(A: Float64Array, rows: number, R: Float64Array, rhs: Float64Array): void {
  R.fill(0);
  for (let j = 0; j < 3; j++) {
    const column = j * rows;
    let tail = 0;
    for (let i = j + 1; i < rows; i++) tail += A[column + i] * A[column + i];
    const head = A[column + j];
    const length = Math.sqrt(head * head + tail);
    if (length > 0) {
      const diagonal = head > 0 ? -length : length;
      const pivot = head - diagonal;
      const scale = 1 / (diagonal * pivot);
      A[column + j] = pivot;
      for (let c = j + 1; c < 4; c++) reflect(A, column, c * rows, j, rows, scale);
      A[column + j] = diagonal;
    }
    for (let i = 0; i <= j; i++) R[3 * j + i] = A[column + i];
  }
  for (let i = 0; i < 3; i++) rhs[i] = A[3 * rows + i];
}

/** Applies the reflection stored from row j on in one column to another. `scale` is 1 / (diagonal x pivot), negative. */
function reflect(A: Float64Array, from: number, to: number, j: number, rows: number, scale: number): void {
  let dot = 0;
  for (let i = j; i < rows; i++) dot += A[from + i] * A[to + i];
  dot *= scale;
  for (let i = j; i < rows; i++) A[to + i] = A[to + i] + dot * A[from + i];
}
