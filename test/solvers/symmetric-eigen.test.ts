import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Mt19937 } from '../../src/random/mt19937.ts';
import { symmetricEigen } from '../../src/solvers/symmetric-eigen.ts';

const test = suite('symmetric-eigen');
const near = (a: number, b: number, tolerance = 1e-12) =>
  assert.ok(Math.abs(a - b) <= tolerance, `${a} is not ${b}`);

test('a matrix whose eigenvalues are known', () => {
  // The second difference of four points: 2 - 2 cos(k pi / 5), k = 1..4.
  const matrix = Float64Array.of(2, -1, 0, 0, -1, 2, -1, 0, 0, -1, 2, -1, 0, 0, -1, 2);
  const { values } = symmetricEigen(matrix, 4);
  [4, 3, 2, 1].forEach((k, i) => near(values[i], 2 - 2 * Math.cos((k * Math.PI) / 5)));
});

test('every vector is an eigenvector, of length 1 and at right angles to the others', () => {
  const random = new Mt19937(1);
  for (const n of [1, 2, 5, 12, 20]) {
    const matrix = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) matrix[i * n + j] = matrix[j * n + i] = 2 * random.uniform() - 1;
    }
    const before = matrix.slice();
    const { values, vectors } = symmetricEigen(matrix, n);
    assert.equal(matrix, before);
    const row = (i: number) => vectors.subarray(i * n, (i + 1) * n);
    const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, x, k) => sum + x * b[k], 0);
    for (let i = 0; i < n; i++) {
      if (i > 0) assert.ok(values[i] <= values[i - 1]);
      for (let k = 0; k < n; k++) {
        near(dot(matrix.subarray(k * n, (k + 1) * n), row(i)), values[i] * row(i)[k], 1e-11);
      }
      for (let j = 0; j <= i; j++) near(dot(row(i), row(j)), i === j ? 1 : 0);
    }
  }
});

test('a matrix that is diagonal already, and one of zeros', () => {
  assert.equal([...symmetricEigen(Float64Array.of(1, 0, 0, 3), 2).values], [3, 1]);
  assert.equal([...symmetricEigen(new Float64Array(9), 3).values], [0, 0, 0]);
});

test.run();
