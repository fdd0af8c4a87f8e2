import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fitBeta, fitLognormal, fitPrior } from '../../src/solvers/prior-densities.ts';
import { digamma } from '../../src/solvers/gamma-functions.ts';

const test = suite('solvers/beta, lognormal, fit-prior');

const bell = [
  0.23855, 0.113147, 0.368973, 0.440881, 0.36559, 0.111756, 0.366981, 0.420733, 0.626067, 0.154012, 0.098409,
  0.181038,
];
const slide = [
  0.197995, 0.869733, 0.007922, 0.111148, 0.00397, 0.647913, 0.380047, 0.715877, 0.677456, 0.244136, 0.247407,
  0.678816,
];

test('the beta fit is SciPy 1.17.1’s beta.fit(x, floc=0, fscale=1), which stops at 1e-8', () => {
  const one = fitBeta(Float64Array.from(bell));
  assert.ok(Math.abs(one.a / 2.2589961250273527 - 1) < 1e-9);
  assert.ok(Math.abs(one.b / 5.497002783616202 - 1) < 1e-9);
  const other = fitBeta(Float64Array.from(slide));
  assert.ok(Math.abs(other.a / 0.6412356797065152 - 1) < 1e-9);
  assert.ok(Math.abs(other.b / 1.0967264137306003 - 1) < 1e-9);
});

test('the lognormal fit has the geometric mean as its median', () => {
  const { median, sigma } = fitLognormal(Float64Array.of(1, Math.E, Math.E ** 2));
  assert.ok(Math.abs(median - Math.E) < 1e-15);
  assert.ok(Math.abs(sigma - Math.sqrt(2 / 3)) < 1e-15);
});

const inside = fc.double({ min: 1e-7, max: 1 - 1e-7, noNaN: true });

test('the beta fit solves the likelihood equations for any sample', () => {
  fc.assert(
    fc.property(fc.array(inside, { minLength: 4, maxLength: 40 }), (sample) => {
      fc.pre(Math.max(...sample) - Math.min(...sample) > 1e-3);
      const values = Float64Array.from(sample);
      const { a, b } = fitBeta(values);
      const mean = (of: (x: number) => number) => values.reduce((sum, x) => sum + of(x), 0) / values.length;
      const tolerance = 1e-9 * (1 + Math.abs(digamma(a)) + Math.abs(digamma(b)));
      assert.ok(Math.abs(digamma(a) - digamma(a + b) - mean(Math.log)) < tolerance);
      assert.ok(Math.abs(digamma(b) - digamma(a + b) - mean((x) => Math.log1p(-x))) < tolerance);
    }),
    { seed: 7 },
  );
});

test('kept bounded, it is at least 1 and no other bounded density is likelier', () => {
  fc.assert(
    fc.property(fc.array(inside, { minLength: 4, maxLength: 40 }), inside, inside, (sample, p, q) => {
      fc.pre(Math.max(...sample) - Math.min(...sample) > 1e-2);
      const values = Float64Array.from(sample);
      const best = fitBeta(values, 1);
      assert.ok(best.a >= 1 && best.b >= 1);
      const likelihood = (a: number, b: number) => likelihoodOfBeta(values, a, b);
      const found = likelihood(best.a, best.b);
      const a = 1 + (best.a + 1) * (p - 0.5);
      const b = 1 + (best.b + 1) * (q - 0.5);
      assert.ok(found >= likelihood(Math.max(1, a), Math.max(1, b)) - 1e-6);
    }),
    { seed: 8 },
  );
  assert.is(fitBeta(Float64Array.from(slide), 1).a, 1);
});

test('a sample without spread is refused', () => {
  assert.throws(() => fitBeta(Float64Array.of(0.3, 0.3, 0.3)), /needs different values/);
  assert.throws(() => fitBeta(new Float64Array(50).fill(0.1)), /needs different values/);
  assert.throws(() => fitBeta(new Float64Array()), /needs different values/);
});

test('the prior leaves out voxels with any estimate at a bound, or none', () => {
  const near = 1e-8;
  const Dp = Float64Array.of(0.02, 1, 0.05, 0.03, NaN, 0.04, 0.08, 0.06);
  const D = Float64Array.of(0.001, 0.001, 0, 0.002, NaN, 0.0015, 0.001, 0.001);
  const f = Float64Array.of(0.2, 0.3, 0.4, 0.1, NaN, 0.3, 1 - near / 2, near / 2);
  const { prior, used, of } = fitPrior({ n: 8, Dp, D, f });
  assert.is(used, 3);
  assert.is(of, 8);
  assert.ok(Math.abs(prior.Dp.median - Math.cbrt(0.02 * 0.03 * 0.04)) < 1e-12);
  assert.equal(prior.f, fitBeta(Float64Array.of(0.2, 0.1, 0.3), 1));
  assert.throws(
    () => fitPrior({ n: 2, Dp: Dp.slice(0, 2), D: D.slice(0, 2), f: f.slice(0, 2) }),
    /only 1 of 2/,
  );
});

/** By brute force, for a, b >= 1: the normalising integral by the midpoint rule. */
function likelihoodOfBeta(values: Float64Array, a: number, b: number): number {
  let integral = 0;
  const steps = 20_000;
  for (let k = 0; k < steps; k++) {
    const x = (k + 0.5) / steps;
    integral += x ** (a - 1) * (1 - x) ** (b - 1);
  }
  const norm = Math.log(integral / steps);
  let sum = 0;
  for (const x of values) sum += (a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x) - norm;
  return sum;
}

test.run();
