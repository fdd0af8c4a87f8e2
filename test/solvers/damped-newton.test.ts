import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Mt19937 } from '../../src/random/mt19937.ts';
import { DampedNewton, type DifferentiableObjective } from '../../src/solvers/damped-newton.ts';
import { ProjectedDecay } from '../../src/solvers/projected-decay.ts';
import { RicianDecay, ScaledDecay, ThreeDecays } from '../../src/solvers/decay-objectives.ts';

const test = suite('solvers/damped-newton');

/** Half the sum of squares of Rosenbrock's (10 (y - x²), 1 - x). */
class Rosenbrock implements DifferentiableObjective {
  readonly n = 2;
  readonly gradient = new Float64Array(2);
  readonly curvature = new Float64Array(4);
  #x = 0;
  #y = 0;
  evaluate([x, y]: Float64Array): number {
    this.#x = x;
    this.#y = y;
    return 0.5 * (100 * (y - x * x) ** 2 + (1 - x) ** 2);
  }
  differentiate(): void {
    const r = 10 * (this.#y - this.#x * this.#x);
    const byX = -20 * this.#x;
    this.gradient.set([byX * r - (1 - this.#x), 10 * r]);
    this.curvature.set([byX * byX + 1, 10 * byX, 10 * byX, 100]);
  }
}
const PRECISION = { relative: 1e-14, absolute: 1e-24 };

test("goes round Rosenbrock's bend", () => {
  const search = new DampedNewton(
    new Rosenbrock(),
    Float64Array.of(-5, -5),
    Float64Array.of(5, 5),
    PRECISION,
    500,
  );
  search.x.set([-1.2, 1]);
  assert.ok(search.run());
  assert.ok(Math.abs(search.x[0] - 1) < 1e-9 && Math.abs(search.x[1] - 1) < 1e-9, String(search.x));
});

test('ends on a face where the minimum is outside, and says which variable is held', () => {
  // With x at most 0.5 the best y is x² and the value (1 - 0.5)² / 2.
  const search = new DampedNewton(
    new Rosenbrock(),
    Float64Array.of(-5, -5),
    Float64Array.of(0.5, 5),
    PRECISION,
    500,
  );
  search.x.set([-1.2, 1]);
  assert.ok(search.run());
  assert.is(search.x[0], 0.5);
  assert.ok(Math.abs(search.x[1] - 0.25) < 1e-9);
  assert.ok(Math.abs(search.value - 0.125) < 1e-12);
  assert.equal([...search.held], [1, 0]);
});

test('says when its evaluations ran out', () => {
  const search = new DampedNewton(
    new Rosenbrock(),
    Float64Array.of(-5, -5),
    Float64Array.of(5, 5),
    PRECISION,
    3,
  );
  search.x.set([-1.2, 1]);
  assert.not(search.run());
});

const B = Float64Array.of(0, 10, 20, 60, 150, 300, 500, 1000);

/** Every gradient against central differences of its function, at random points inside the box. */
function checkGradient(
  target: DifferentiableObjective,
  low: readonly number[],
  high: readonly number[],
): void {
  const random = new Mt19937(11);
  const x = new Float64Array(target.n);
  for (let trial = 0; trial < 20; trial++) {
    for (let j = 0; j < target.n; j++) x[j] = low[j] + (high[j] - low[j]) * random.uniform();
    target.evaluate(x);
    target.differentiate();
    const gradient = target.gradient.slice();
    for (let j = 0; j < target.n; j++) {
      const h = 1e-5 * (high[j] - low[j]);
      const up = target.evaluate(x.with(j, x[j] + h));
      const down = target.evaluate(x.with(j, x[j] - h));
      const slope = (up - down) / (2 * h);
      const size = Math.abs(gradient[j]) + (1e-4 * Math.abs(up)) / (high[j] - low[j]);
      assert.ok(Math.abs(slope - gradient[j]) < 1e-4 * size, `${j}: ${gradient[j]}, differences ${slope}`);
    }
  }
}

test('gradients are those of their functions', () => {
  const noisy = B.map((b, k) => 0.25 * Math.exp(-b * 0.04) + 0.75 * Math.exp(-b * 0.001) + 0.02 * (k % 3));
  const low = [0.8, 0.0005, 0.1, 0.01];
  const high = [1.2, 0.002, 0.5, 0.1];
  const squares = new ScaledDecay(B);
  squares.measure(noisy, 0);
  checkGradient(squares, low, high);
  const rician = new RicianDecay(B);
  for (const sigma of [0.01, 0.1, 0.5]) {
    rician.measure(noisy, 0, sigma);
    checkGradient(rician, low, high);
  }
  const projected = new ProjectedDecay(B, [0, 1]);
  projected.measure(noisy, 0);
  checkGradient(projected, [0.0005, 0.01], [0.002, 0.1]);
  const three = new ThreeDecays(B);
  three.measure(noisy, 0);
  checkGradient(three, [0.5, 0.05, 0.05, 0.0005, 0.01, 0.5], [0.9, 0.3, 0.3, 0.002, 0.1, 3]);
});

test.run();
