/**
 * The transpose of a row-major matrix: from weights [out][in], as `DenseLayer` has them, to [in][out], as TensorFlow
 * has them, or back.
 */
export function transpose(matrix: Float32Array, rows: number, columns: number): Float32Array {
  const result = new Float32Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) result[j * rows + i] = matrix[i * columns + j]!;
  }
  return result;
}
