import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { biexponential } from '../../src/signal/biexponential.ts';

const test = suite('signal/biexponential');

test('is Le Bihan’s equation at a tissue of OSIPI’s test set without noise', () => {
  // Liver of OSIPI's generic set: D .0015, f .11, Dp .1; at b = 100: .11 e^-10 + .89 e^-.15, by Python's math.exp.
  assert.ok(Math.abs(biexponential(100, 0.0015, 0.11, 0.1) - 0.7660350930105753) < 1e-14);
});

test('starts at 1, never rises with b, and is symmetric in its two compartments', () => {
  const fraction = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(fraction, fraction, fraction, fraction, (D, f, Dp, step) => {
      assert.is(biexponential(0, D, f, Dp), f + (1 - f));
      const b = step * 1000;
      assert.ok(biexponential(b + 1, D, f, Dp) <= biexponential(b, D, f, Dp) + 1e-15);
      assert.ok(Math.abs(biexponential(b, D, f, Dp) - biexponential(b, Dp, 1 - f, D)) < 1e-12);
    }),
    { seed: 3 },
  );
});

test.run();
