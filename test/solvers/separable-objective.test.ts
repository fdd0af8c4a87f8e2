import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { SeparableObjective } from '../../src/solvers/separable-objective.ts';

const test = suite('solvers/separable-objective');

/** With a common divisor that is the lowest b-value, with another one, and without any. */
const PROTOCOLS = [
  Float64Array.of(10, 20, 60, 150, 300, 500, 1000),
  Float64Array.of(20, 30, 70, 200, 800),
  Float64Array.of(3.3, 17.77, 101.3, 555.5, 901.1),
];

/** Tissue, a point to evaluate at, and deviations of the signals that put the best f inside or outside its bounds. */
const anyCase = fc.record({
  b: fc.constantFrom(...PROTOCOLS),
  f: fc.double({ min: 0.05, max: 0.6, noNaN: true }),
  D: fc.double({ min: 3e-4, max: 3e-3, noNaN: true }),
  Dp: fc.double({ min: 8e-3, max: 0.08, noNaN: true }),
  atD: fc.double({ min: 3e-4, max: 3e-3, noNaN: true }),
  atDp: fc.double({ min: 8e-3, max: 0.08, noNaN: true }),
  most: fc.constantFrom(0.2, 1),
  noise: fc.array(fc.double({ min: -0.05, max: 0.05, noNaN: true }), { minLength: 7, maxLength: 7 }),
});
const runs = { seed: 12, numRuns: 2000 };

interface Point {
  readonly half: number;
  readonly gradient: readonly [number, number];
  readonly hessian: readonly [number, number, number];
  readonly f: number;
  readonly fBy: readonly [number, number];
}

/** The objective at D + i h, u + j h in units in which both variables are of order one: b D of the highest b-value, and u. */
function at(objective: SeparableObjective, D: number, u: number, i = 0, j = 0): Point {
  const o = objective;
  const half = o.evaluate(D + i / o.bLast, u + j) / 2;
  return {
    half,
    gradient: [o.gradientD / o.bLast, o.gradientU],
    hessian: [o.hessianDD / o.bLast ** 2, o.hessianDU / o.bLast, o.hessianUU],
    f: o.f,
    fBy: [o.fByD / o.bLast, o.fByU],
  };
}

const STEP = 1e-5;

/** Checks the derivatives of every case that is smooth within a step; returns how many had f inside, and on a bound. */
function forEveryCase(check: (here: Point, sides: readonly [Point, Point, Point, Point], u: number) => void) {
  const seen = { inside: 0, bound: 0 };
  fc.assert(
    fc.property(anyCase, (c) => {
      const objective = new SeparableObjective(c.b, [0, c.most]);
      const signals = c.b.map(
        (b, k) => c.f * Math.exp(-b * c.Dp) + (1 - c.f) * Math.exp(-b * c.D) + c.noise[k],
      );
      objective.measure(signals, 0);
      const u = Math.exp(-c.b[0] * c.atDp);
      const point = (i: number, j: number) => at(objective, c.atD, u, i * STEP, j * STEP);
      const sides = [point(-1, 0), point(1, 0), point(0, -1), point(0, 1)] as const;
      const here = point(0, 0);
      const onBound = [here, ...sides].map(({ f }) => f === 0 || f === c.most);
      // Where f enters a bound the gradient has a kink.
      if (onBound.some((one) => one !== onBound[0])) return;
      seen[onBound[0] ? 'bound' : 'inside']++;
      check(here, sides, u);
    }),
    runs,
  );
  assert.ok(seen.inside > 300 && seen.bound > 300, JSON.stringify(seen));
}

const near = (found: number, expected: number, tolerance: number, what: string) =>
  assert.ok(Math.abs(found - expected) <= tolerance, `${what}: ${found}, by differences ${expected}`);

// The error of a central difference is STEP² / 6 times a third derivative. Derivatives by u grow as (b / b_1)³, up to 1e6.
const THIRD = 4e-5;

test('has the gradient of half its sum of squares', () => {
  forEveryCase((here, [left, right, down, up]) => {
    near(here.gradient[0], (right.half - left.half) / (2 * STEP), 1e-9, 'by D');
    near(
      here.gradient[1],
      (up.half - down.half) / (2 * STEP),
      THIRD * Math.abs(here.hessian[2]) + 1e-9,
      'by u',
    );
  });
});

test('has the Hessian of half its sum of squares', () => {
  forEveryCase((here, [left, right, down, up]) => {
    const size = Math.abs(here.hessian[2]) + 1;
    near(here.hessian[0], (right.gradient[0] - left.gradient[0]) / (2 * STEP), 1e-8, 'by D, D');
    near(here.hessian[1], (right.gradient[1] - left.gradient[1]) / (2 * STEP), 1e-8 * size, 'by D, u');
    near(here.hessian[1], (up.gradient[0] - down.gradient[0]) / (2 * STEP), 1e-6 * size, 'by u, D');
    near(here.hessian[2], (up.gradient[1] - down.gradient[1]) / (2 * STEP), 1e-4 * size, 'by u, u');
  });
});

test('knows how f moves with the rates', () => {
  forEveryCase((here, [left, right, down, up]) => {
    near(here.fBy[0], (right.f - left.f) / (2 * STEP), 1e-6, 'f by D');
    near(here.fBy[1], (up.f - down.f) / (2 * STEP), 1e-4 * (Math.abs(here.fBy[1]) + 1), 'f by u');
  });
});

test.run();
