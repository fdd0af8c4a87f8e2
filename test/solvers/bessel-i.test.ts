import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { BesselI } from '../../src/solvers/bessel-i.ts';

const test = suite('solvers/bessel-i');

// scipy.special 1.17.1: z, log(i0e(z)), 1 - i1e(z) / i0e(z).
const SCIPY: readonly (readonly [number, number, number])[] = [
  [0, 0, 1],
  [0.1, -0.09750156076612379, 0.9500623960120611],
  [1, -0.7640856414928213, 0.5536100341034653],
  [5, -1.6953182241774667, 0.10661686295591477],
  [15, -2.264330890523094, 0.03393043601349177],
  [19.999, -2.410364241621656, 0.025330776050965897],
  [20, -2.4103895717557258, 0.025329492110192642],
  [50, -2.8724244981281957, 0.010051032621502198],
  [700, -4.1943000015565515, 0.000714541181573769],
];

test("has SciPy's values on both sides of where the series change", () => {
  const bessel = new BesselI();
  for (const [z, log, shortfall] of SCIPY) {
    bessel.at(z);
    assert.ok(Math.abs(bessel.logScaled - log) <= 1e-13 * Math.abs(log), `${z}: ${bessel.logScaled}`);
    assert.ok(Math.abs(bessel.shortfall - shortfall) <= 1e-13, `${z}: ${bessel.shortfall}`);
  }
});

test('1 - I1 / I0 goes as 1 / (2 z) + 1 / (8 z²) where subtracting would leave nothing', () => {
  const bessel = new BesselI();
  for (const z of [1e6, 1e9, 1e12]) {
    bessel.at(z);
    const known = 1 / (2 * z) + 1 / (8 * z * z);
    assert.ok(Math.abs(bessel.shortfall / known - 1) < 1e-11, `${z}: ${bessel.shortfall}`);
  }
});

test.run();
