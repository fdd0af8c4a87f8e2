import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { drawGamma } from '../../src/random/gamma.ts';
import { QuickRandom } from '../../src/random/quick-random.ts';

const test = suite('random/gamma');

for (const shape of [0.125, 0.5, 1, 3.5, 400]) {
  test(`mean, variance and third moment are the shape, the shape and twice the shape: ${shape}`, () => {
    const random = new QuickRandom(11);
    const draws = Float64Array.from({ length: 200_000 }, () => drawGamma(random, shape));
    const central = (power: number) =>
      draws.reduce((sum, value) => sum + (value - shape) ** power, 0) / draws.length;
    assert.ok(draws.every((value) => value >= 0));
    // Six standard errors: central moments of order 2, 3, 4 and 6 are a, 2 a, 3 a² + 6 a and 15 a³ + 130 a² + 120 a.
    const six = 6 / Math.sqrt(draws.length);
    assert.ok(Math.abs(central(1)) < six * Math.sqrt(shape));
    assert.ok(Math.abs(central(2) - shape) < six * Math.sqrt(2 * shape ** 2 + 6 * shape));
    const third = six * Math.sqrt(15 * shape ** 3 + 126 * shape ** 2 + 120 * shape);
    assert.ok(Math.abs(central(3) - 2 * shape) < third, `${central(3)}`);
  });
}

test.run();
