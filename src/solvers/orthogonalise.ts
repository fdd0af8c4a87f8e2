/** Two columns whose cosine is below this count as orthogonal. */
const ORTHOGONAL = 1e-15;
const MAX_SWEEPS = 30;

/**
 * Singular value decomposition of a 3 x 3 matrix by one-sided Jacobi rotations (Hestenes 1958; Golub and Van
 * Loan, Matrix Computations, 4th ed., section 8.6.3). It works on the matrix itself, not on its square, so small
 * singular values keep their digits.
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

/** Makes the columns that start at p and q orthogonal; false where they already are. */
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
