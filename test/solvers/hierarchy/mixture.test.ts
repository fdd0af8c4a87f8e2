import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { faultOf, MixtureDensity } from '../../../src/solvers/hierarchy/mixture.ts';

const test = suite('solvers/hierarchy/mixture');

test('is the logarithm of the weighted sum of normal densities, up to (2 pi)^(3/2)', () => {
  // Diagonal precisions, so that each density is a product of three of one dimension.
  const weights = [0.7, 0.3];
  const means = [0, 1, 2, 1, -1, 0];
  const precisions = [
    [4, 1, 0.25],
    [1, 2, 3],
  ];
  const density = new MixtureDensity({
    weights: Float64Array.from(weights),
    means: Float64Array.from(means),
    precisions: Float64Array.from(precisions.flatMap(([x, y, z]) => [x, 0, 0, 0, y, 0, 0, 0, z])),
  });
  for (const u of [
    [0, 0, 0],
    [0.5, 1, -2],
    [3, -1, 0.2],
  ]) {
    const expected = weights.reduce((sum, weight, k) => {
      const ofOne = (c: number) =>
        Math.sqrt(precisions[k][c]) * Math.exp(-0.5 * precisions[k][c] * (u[c] - means[3 * k + c]) ** 2);
      return sum + weight * ofOne(0) * ofOne(1) * ofOne(2);
    }, 0);
    const found = density.log(Float64Array.from(u));
    assert.ok(Math.abs(found - Math.log(expected)) < 1e-8, `${found} instead of ${Math.log(expected)}`);
  }
});

test('counts correlations twice, as the quadratic form does', () => {
  const density = new MixtureDensity({
    weights: Float64Array.of(1),
    means: Float64Array.of(0, 0, 0),
    precisions: Float64Array.of(2, 1, 0.5, 1, 3, 0.2, 0.5, 0.2, 4),
  });
  const none = density.log(Float64Array.of(0, 0, 0));
  // u'Pu = 2 + 3 + 4 + 2 (1 + .5 + .2) = 12.4 at (1, 1, 1).
  assert.ok(Math.abs(none - density.log(Float64Array.of(1, 1, 1)) - 6.2) < 1e-12);
  const determinant = 2 * (3 * 4 - 0.2 * 0.2) - 1 * (1 * 4 - 0.2 * 0.5) + 0.5 * (1 * 0.2 - 3 * 0.5);
  assert.ok(Math.abs(none - 0.5 * Math.log(determinant)) < 1e-12);
});

test('says what keeps numbers from being a mixture', () => {
  const one = (change: Partial<Record<'weights' | 'means' | 'precisions', number[]>>) => {
    const all = { weights: [1], means: [0, 0, 0], precisions: [1, 0, 0, 0, 1, 0, 0, 0, 1], ...change };
    return faultOf({
      weights: Float64Array.from(all.weights),
      means: Float64Array.from(all.means),
      precisions: Float64Array.from(all.precisions),
    });
  };
  assert.is(one({}), undefined);
  assert.match(one({ means: [0, 0] })!, /need 3 means and 9 precisions, not 2 and 9/);
  assert.match(one({ weights: [0.5] })!, /0.5 in all, not 1/);
  assert.match(one({ precisions: [1, 0, 0, 0, -1, 0, 0, 0, 1] })!, /precision 1 is not/);
  assert.match(one({ precisions: [-1, 0, 0, 0, -1, 0, 0, 0, 1] })!, /precision 1 is not/);
  assert.match(one({ precisions: [1, 0.5, 0, 0, 1, 0, 0, 0, 1] })!, /precision 1 is not symmetric/);
});

test.run();
