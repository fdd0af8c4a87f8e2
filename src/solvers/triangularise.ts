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
