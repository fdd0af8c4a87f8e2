import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { BesselI, scaledI0 } from '../../src/solvers/bessel-i.ts';

const test = suite('solvers/scaled-i0');

test('is the exact exp(-z) I0(z) to 5e-7, from 0 to far beyond where exp(z) overflows', () => {
  const exact = new BesselI();
  for (let z = 0; z < 1e6; z += 0.01 + z / 50) {
    exact.at(z);
    assert.ok(Math.abs(scaledI0(z) / Math.exp(exact.logScaled) - 1) < 5e-7, `z = ${z}`);
  }
  assert.ok(Math.abs(scaledI0(0) - 1) < 1e-15);
});

test.run();
