/** A pivot below this counts as zero, after scaling the diagonal of the matrix to ones. */
const singular = 1e-14;

/**
 * Inverse of a symmetric positive definite matrix by Cholesky's factorisation, after scaling its diagonal to ones
 * so that the units of its parameters don't matter.
 *
 * @param matrix n x n, row-major; unchanged
 * @returns n x n, or null where the matrix is singular
 */
export function invertSymmetric(matrix: Float64Array, n: number): Float64Array | null {
  const scale = Float64Array.from({ length: n }, (_, i) => 1 / Math.sqrt(matrix[i * n + i]));
  const factor = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = i === j ? 1 : matrix[i * n + j] * scale[i] * scale[j];
      for (let k = 0; k < j; k++) sum -= factor[i * n + k] * factor[j * n + k];
      if (i !== j) factor[i * n + j] = sum / factor[j * n + j];
      else if (sum > singular) factor[i * n + i] = Math.sqrt(sum);
      else return null;
    }
  }
  const inverse = new Float64Array(n * n);
  const column = new Float64Array(n);
  for (let c = 0; c < n; c++) {
    for (let i = 0; i < n; i++) {
      let sum = i === c ? 1 : 0;
      for (let k = 0; k < i; k++) sum -= factor[i * n + k] * column[k];
      column[i] = sum / factor[i * n + i];
    }
    for (let i = n - 1; i >= 0; i--) {
      let sum = column[i];
      for (let k = i + 1; k < n; k++) sum -= factor[k * n + i] * column[k];
      column[i] = sum / factor[i * n + i];
    }
    for (let i = 0; i < n; i++) inverse[i * n + c] = column[i] * scale[i] * scale[c];
  }
  return inverse;
}
