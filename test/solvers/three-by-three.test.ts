import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { nextToward } from '../../src/solvers/trust-region-reflective.ts';
import { orthogonalise, triangularise } from '../../src/solvers/three-by-three.ts';
import { trustRegionStep } from '../../src/solvers/trust-region-step.ts';

const test = suite('solvers: three by three');

const number = fc.double({ min: -3, max: 3, noNaN: true }).map((x) => (Math.abs(x) < 1e-6 ? 0 : x));
const matrix = fc.array(number, { minLength: 9, maxLength: 9 });
const dot = (A: Float64Array, i: number, B: Float64Array, j: number, rows = 3) => {
  let sum = 0;
  for (let k = 0; k < rows; k++) sum += A[i * rows + k] * B[j * rows + k];
  return sum;
};

test('orthogonalise: W = A V with orthogonal columns, V orthogonal', () => {
  fc.assert(
    fc.property(matrix, (entries) => {
      const A = Float64Array.from(entries);
      const W = A.slice();
      const V = new Float64Array(9);
      orthogonalise(W, V);
      for (let i = 0; i < 3; i++) {
        for (let j = 0; j < 3; j++) {
          assert.ok(Math.abs(dot(V, i, V, j) - (i === j ? 1 : 0)) < 1e-13);
          if (i !== j) {
            assert.ok(
              Math.abs(dot(W, i, W, j)) <= 1e-13 * Math.sqrt(dot(W, i, W, i) * dot(W, j, W, j)) + 1e-28,
            );
          }
          let AV = 0;
          for (let k = 0; k < 3; k++) AV += A[3 * k + j] * V[3 * i + k];
          assert.ok(Math.abs(AV - W[3 * i + j]) < 1e-13);
        }
      }
    }),
    { seed: 1, numRuns: 500 },
  );
});

test('triangularise: R keeps the inner products of the columns, and those with the right-hand side', () => {
  const rows = 8;
  fc.assert(
    fc.property(fc.array(number, { minLength: 4 * rows, maxLength: 4 * rows }), (entries) => {
      const A = Float64Array.from(entries);
      const R = new Float64Array(9);
      const rhs = new Float64Array(3);
      triangularise(A.slice(), rows, R, rhs);
      assert.ok(R[1] === 0 && R[2] === 0 && R[5] === 0, 'upper triangle');
      for (let i = 0; i < 3; i++) {
        for (let j = 0; j < 3; j++) assert.ok(Math.abs(dot(R, i, R, j) - dot(A, i, A, j, rows)) < 1e-12);
        assert.ok(Math.abs(dot(R, i, rhs, 0) - dot(A, i, A, 3, rows)) < 1e-12);
      }
    }),
    { seed: 2, numRuns: 300 },
  );
});

test('trustRegionStep: the Gauss-Newton step where it is short, else a step of the radius that solves Moré (1977, 3.4)', () => {
  const positive = fc.double({ min: 0.01, max: 3, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(positive, { minLength: 3, maxLength: 3 }),
      fc.array(number, { minLength: 3, maxLength: 3 }).filter((g) => Math.hypot(...g) > 1e-3),
      fc.double({ min: 0.01, max: 10, noNaN: true }),
      (squares, gradient, radius) => {
        const p = new Float64Array(3);
        const model = {
          squares: Float64Array.from(squares),
          gradient: Float64Array.from(gradient),
          V: Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1),
          fullRank: true,
        };
        const alpha = trustRegionStep(model, radius, 0, p);
        const newton = Math.hypot(...gradient.map((g, i) => g / squares[i]));
        const length = Math.hypot(...p);
        if (newton <= radius) {
          assert.is(alpha, 0);
          for (let i = 0; i < 3; i++) assert.ok(Math.abs(p[i] * squares[i] + gradient[i]) < 1e-12);
          return;
        }
        assert.ok(Math.abs(length / radius - 1) < 1e-12);
        const exact = Math.hypot(...gradient.map((g, i) => g / (squares[i] + alpha)));
        assert.ok(alpha > 0 && Math.abs(exact / radius - 1) < 0.05, `${exact} ${radius}`);
        // In the direction that the parameter gives.
        for (let i = 0; i < 3; i++) {
          assert.ok(Math.abs(p[i] * (squares[i] + alpha) * (exact / radius) + gradient[i]) < 1e-9);
        }
      },
    ),
    { seed: 3, numRuns: 500 },
  );
});

test('nextToward: the neighbouring double', () => {
  assert.is(nextToward(0, 1), 5e-324);
  assert.is(nextToward(1, 0), 1 - 2 ** -53);
  assert.is(nextToward(1, 2), 1 + 2 ** -52);
  assert.is(nextToward(-1, 0), -1 + 2 ** -53);
  assert.is(nextToward(0.005, 0.005), 0.005);
});

test.run();
