/** Eigenvalues of a symmetric matrix in descending order, and an orthonormal eigenvector for each. */
export interface SymmetricEigen {
  readonly values: Float64Array;
  /** n x n, row-major, an eigenvector per row. */
  readonly vectors: Float64Array;
}

/** The rotations stop when the off-diagonal elements are below this fraction of the diagonal, or after so many sweeps. */
const NEGLIGIBLE = 1e-28;
const SWEEPS = 50;

/**
 * Eigenvalues and eigenvectors of a small symmetric matrix by Jacobi's rotations (Golub and Van Loan, Matrix
 * Computations, 4th ed., section 8.5). Each costs 4 n multiplications; some six sweeps over all pairs are needed.
 *
 * @param matrix n x n, row-major; unchanged
 */
export function symmetricEigen(matrix: Float64Array, n: number): SymmetricEigen {
  const a = matrix.slice();
  const v = new Float64Array(n * n);
  for (let i = 0; i < n; i++) v[i * n + i] = 1;
  for (let sweep = 0; sweep < SWEEPS && !isDiagonal(a, n); sweep++) {
    for (let p = 0; p < n - 1; p++) for (let q = p + 1; q < n; q++) rotate(a, v, n, p, q);
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => a[j * n + j] - a[i * n + i]);
  const vectors = new Float64Array(n * n);
  order.forEach((from, to) => vectors.set(v.subarray(from * n, (from + 1) * n), to * n));
  return { values: Float64Array.from(order, (i) => a[i * n + i]), vectors };
}

function isDiagonal(a: Float64Array, n: number): boolean {
  let off = 0;
  let on = 0;
  for (let i = 0; i < n; i++) {
    on += a[i * n + i] * a[i * n + i];
    for (let j = 0; j < i; j++) off += a[i * n + j] * a[i * n + j];
  }
  return off <= NEGLIGIBLE * on;
}

/** Makes a[p, q] zero, and rotates the rows of `v`, which end as eigenvectors. */
function rotate(a: Float64Array, v: Float64Array, n: number, p: number, q: number): void {
  const across = a[p * n + q];
  if (across === 0) return;
  const half = (a[q * n + q] - a[p * n + p]) / (2 * across);
  const t = (half < 0 ? -1 : 1) / (Math.abs(half) + Math.sqrt(half * half + 1));
  const cosine = 1 / Math.sqrt(t * t + 1);
  const sine = t * cosine;
  for (let k = 0; k < n; k++) {
    const x = a[k * n + p];
    const y = a[k * n + q];
    a[k * n + p] = cosine * x - sine * y;
    a[k * n + q] = sine * x + cosine * y;
  }
  turnRows(a, n, p, q, cosine, sine);
  turnRows(v, n, p, q, cosine, sine);
}

function turnRows(m: Float64Array, n: number, p: number, q: number, cosine: number, sine: number): void {
  for (let k = 0; k < n; k++) {
    const x = m[p * n + k];
    const y = m[q * n + k];
    m[p * n + k] = cosine * x - sine * y;
    m[q * n + k] = sine * x + cosine * y;
  }
}
