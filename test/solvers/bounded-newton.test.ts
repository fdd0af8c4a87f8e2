import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { BoundedNewton, type Smooth3 } from '../../src/solvers/bounded-newton.ts';

const test = suite('solvers/bounded-newton');

const none = new Float64Array(0);

/** 0.5 (x - c)' A (x - c). */
function quadratic(A: readonly number[], c: readonly number[]): Smooth3 {
  const gradient = new Float64Array(3);
  const hessian = Float64Array.from([0, 1, 2, 4, 5, 8], (k) => A[k]);
  return {
    gradient,
    hessian,
    majorant: hessian,
    evaluate(...x) {
      let value = 0;
      for (let i = 0; i < 3; i++) {
        gradient[i] = 0;
        for (let j = 0; j < 3; j++) gradient[i] += A[3 * i + j] * (x[j] - c[j]);
        value += 0.5 * gradient[i] * (x[i] - c[i]);
      }
      return value;
    },
  };
}

/** Rosenbrock's valley in x and y (Computer Journal 1960;3:175), a parabola in z; the minimum is at 1, 1, 0. */
const rosenbrock: Smooth3 = {
  gradient: new Float64Array(3),
  hessian: new Float64Array(6),
  majorant: Float64Array.of(2, 0, 0, 200, 0, 2),
  evaluate(x, y, z) {
    this.gradient.set([-400 * x * (y - x * x) - 2 * (1 - x), 200 * (y - x * x), 2 * z]);
    this.hessian.set([1200 * x * x - 400 * y + 2, -400 * x, 0, 200, 0, 2]);
    return 100 * (y - x * x) ** 2 + (1 - x) ** 2 + z * z;
  },
};

test('follows Rosenbrock’s valley, and stays at the best point of a box that leaves its minimum out', () => {
  const open = new BoundedNewton([-5, -5, -5], [5, 5, 5]);
  open.x.set([-1.2, 1, 3]);
  assert.is(open.minimise(rosenbrock, 100, none, 0), 'converged');
  assert.ok(Math.hypot(open.x[0] - 1, open.x[1] - 1, open.x[2]) < 1e-5);
  const closed = new BoundedNewton([-5, -5, -5], [0.5, 5, 5]);
  closed.x.set([-1.2, 1, 3]);
  assert.is(closed.minimise(rosenbrock, 100, none, 0), 'converged');
  assert.is(closed.x[0], 0.5);
  assert.ok(Math.abs(closed.x[1] - 0.25) < 1e-6);
});

test('ends where no allowed direction leads down, for any convex quadratic and box', () => {
  const number = fc.double({ min: -3, max: 3, noNaN: true });
  const three = fc.array(number, { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(fc.array(number, { minLength: 9, maxLength: 9 }), three, three, three, (B, c, p, q) => {
      const A = Array.from({ length: 9 }, (_, k) => {
        const [i, j] = [Math.floor(k / 3), k % 3];
        return (
          (i === j ? 0.1 : 0) +
          B[3 * i] * B[3 * j] +
          B[3 * i + 1] * B[3 * j + 1] +
          B[3 * i + 2] * B[3 * j + 2]
        );
      });
      const lower = p.map((value, k) => Math.min(value, q[k]));
      const upper = p.map((value, k) => Math.max(value, q[k]) + 0.1);
      const newton = new BoundedNewton(lower, upper);
      const target = quadratic(A, c);
      newton.x.set(lower);
      assert.is(newton.minimise(target, 100, none, 0), 'converged');
      target.evaluate(newton.x[0], newton.x[1], newton.x[2]);
      for (let j = 0; j < 3; j++) {
        assert.ok(newton.x[j] >= lower[j] && newton.x[j] <= upper[j]);
        const slope = target.gradient[j];
        if (newton.x[j] > lower[j]) assert.ok(slope < 2e-4, `could go down along ${j}`);
        if (newton.x[j] < upper[j]) assert.ok(slope > -2e-4, `could go up along ${j}`);
      }
    }),
    { seed: 11, numRuns: 500 },
  );
});

test('stops near a minimum it has been told of, and says so when it runs out of steps', () => {
  const newton = new BoundedNewton([-5, -5, -5], [5, 5, 5]);
  newton.x.set([-1.2, 1, 3]);
  assert.is(newton.minimise(rosenbrock, 100, Float64Array.of(1, 1, 0), 1), 'known');
  newton.x.set([-1.2, 1, 3]);
  assert.is(newton.minimise(rosenbrock, 3, none, 0), 'unfinished');
});

test.run();
