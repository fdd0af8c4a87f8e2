import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { digamma, logGamma, trigamma } from '../../src/solvers/gamma-functions.ts';

const test = suite('solvers/digamma, log-gamma');

/** SciPy 1.17.1: scipy.special.digamma, polygamma(1, x) and gammaln. */
const scipy = [
  [0.001, -1000.5755719318103, 1000001.6425332, 6.907178885383853],
  [0.1, -10.423754940411076, 101.43329915, 2.252712651734206],
  [0.5, -1.9635100260214235, 4.9348022, 0.5723649429247],
  [2.5, 0.7031566406452432, 0.49035776, 0.2846828704729192],
  [7.3, 1.917820335637986, 0.14679577, 7.147892523022249],
  [40, 3.6763273740348428, 0.0253151, 106.63176026064345],
  [10000, 9.21029037114285, 0.00010001, 82099.71749644238],
] as const;

test('agree with SciPy', () => {
  for (const [x, psi, psi1, logarithm] of scipy) {
    assert.ok(Math.abs(digamma(x) / psi - 1) < 1e-14, `digamma(${x})`);
    // NumPy printed the trigamma values to 8 decimals.
    assert.ok(Math.abs(trigamma(x) - psi1) < 1e-8 * Math.max(1, psi1), `trigamma(${x})`);
    assert.ok(Math.abs(logGamma(x) / logarithm - 1) < 1e-13, `logGamma(${x})`);
  }
});

test('have their values at 1 and 1/2 (Abramowitz and Stegun 6.3.2, 6.3.3, 6.4)', () => {
  const euler = 0.5772156649015329;
  assert.ok(Math.abs(digamma(1) + euler) < 1e-14);
  assert.ok(Math.abs(digamma(0.5) + euler + 2 * Math.LN2) < 1e-14);
  assert.ok(Math.abs(trigamma(1) - Math.PI ** 2 / 6) < 1e-14);
  assert.ok(Math.abs(trigamma(0.5) - Math.PI ** 2 / 2) < 1e-14);
  assert.ok(Math.abs(logGamma(1)) < 1e-14 && Math.abs(logGamma(2)) < 1e-14);
  assert.ok(Math.abs(logGamma(0.5) - Math.log(Math.PI) / 2) < 1e-14);
});

test('obey Legendre’s duplication formula, and digamma is the derivative of log Gamma', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.05, max: 50, noNaN: true }), (x) => {
      const twice = logGamma(x) + logGamma(x + 0.5) - (1 - 2 * x) * Math.LN2 - Math.log(Math.PI) / 2;
      assert.ok(Math.abs(logGamma(2 * x) - twice) < 1e-12 * (1 + Math.abs(twice)));
      const h = 1e-5 * x;
      const slope = (logGamma(x + h) - logGamma(x - h)) / (2 * h);
      assert.ok(Math.abs(slope - digamma(x)) < 1e-7 * (1 + 1 / x));
      const bend = (digamma(x + h) - digamma(x - h)) / (2 * h);
      assert.ok(Math.abs(bend / trigamma(x) - 1) < 1e-7);
    }),
    { seed: 6 },
  );
});

test.run();
