import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { gaussLegendre } from '../../src/solvers/quadrature.ts';

const test = suite('solvers/quadrature');

test('has the nodes and weights of Abramowitz and Stegun, table 25.4, n = 5', () => {
  const { nodes, weights } = gaussLegendre(5);
  const near = (found: number, known: number) => assert.ok(Math.abs(found - known) < 1e-15, `${found}`);
  near(nodes[0], -0.906179845938664);
  near(nodes[1], -0.538469310105683);
  assert.is(nodes[2], 0);
  near(nodes[4], 0.906179845938664);
  near(weights[0], 0.236926885056189);
  near(weights[1], 0.478628670499366);
  near(weights[2], 0.568888888888889);
});

test('integrates polynomials up to degree 2n - 1 exactly', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 48 }), fc.integer({ min: 0, max: 95 }), (n, degree) => {
      fc.pre(degree < 2 * n);
      const { nodes, weights } = gaussLegendre(n);
      const sum = nodes.reduce((total, x, k) => total + weights[k] * x ** degree, 0);
      assert.ok(Math.abs(sum - (degree % 2 === 1 ? 0 : 2 / (degree + 1))) < 1e-13);
    }),
    { seed: 5 },
  );
});

test.run();
