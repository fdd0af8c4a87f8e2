import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Activation, Head, Loss } from '../../src/nets/engine.ts';
import { caseOf, farthest, flat, largest } from './fused-cases.ts';
import type { Case } from './fused-cases.ts';
import { engines, simd, twin } from './fused-engines.ts';

/** Any architecture and any batch: the SIMD kernel and its double-precision twin agree to float32 rounding. */
const test = suite('the SIMD kernel against its twin');

const anyCase: fc.Arbitrary<Case> = fc.record({
  seed: fc.integer({ min: 1, max: 1e9 }),
  inputs: fc.integer({ min: 1, max: 19 }),
  hidden: fc.array(fc.integer({ min: 1, max: 37 }), { maxLength: 4 }),
  activation: fc.constantFrom<Activation>('elu', 'relu', 'silu'),
  head: fc.constantFrom<Head['kind']>('linear', 'abs', 'sigmoid'),
  loss: fc.constantFrom<Loss['kind']>('rebuild', 'squared', 'weighted', 'rebuild-s0'),
  batch: fc.integer({ min: 1, max: 300 }),
});
const runs = { seed: 20, numRuns: 60 };

test('same losses, gradients and weights', () => {
  fc.assert(
    fc.property(anyCase, (c) => {
      const { options, x, target } = caseOf(c);
      // A large epsilon keeps Adam from blowing gradients that are nothing but rounding up to full steps.
      const gentle = { ...options, adam: { ...options.adam, epsilon: 1e-3 } };
      const [fast, slow] = [simd.train(gentle), twin.train(gentle)];
      for (let step = 0; step < 3; step++) {
        fast.step(x, target);
        slow.step(x, target);
        const [expected, loss] = [flat(slow.gradients()), slow.takeLoss()];
        assert.ok(Math.abs(fast.takeLoss() - loss) <= 1e-5 * loss);
        assert.ok(farthest(flat(fast.gradients()), expected) <= 2e-5 * largest(expected) + 1e-9);
      }
      assert.ok(farthest(flat(fast.weights()), flat(slow.weights())) < 1e-5);
    }),
    runs,
  );
});

test('same predictions', () => {
  fc.assert(
    fc.property(anyCase, (c) => {
      const { options, x } = caseOf(c);
      const outputs = options.network.outputs;
      const [slow, ...others] = engines.map((engine) => {
        const out = new Float32Array(c.batch * outputs);
        engine.use(options.network, options.weights).predict(x, c.batch, out);
        return out;
      });
      for (const fast of others) assert.ok(farthest(fast, slow) <= 5e-6 * Math.max(1, largest(slow)));
    }),
    runs,
  );
});

test('the study network trained for two epochs of a hundred steps ends in the same place', () => {
  const c: Case = {
    seed: 5,
    inputs: 7,
    hidden: [7, 7, 7],
    activation: 'elu',
    head: 'abs',
    loss: 'rebuild',
    batch: 100,
  };
  const { options, x } = caseOf(c);
  const [fast, slow] = [simd.train(options), twin.train(options)];
  let [first, last] = [0, 0];
  for (let step = 0; step < 200; step++) {
    fast.step(x);
    slow.step(x);
    const loss = slow.takeLoss();
    if (step === 0) first = loss;
    last = loss;
    assert.ok(Math.abs(fast.takeLoss() / loss - 1) < 1e-4);
  }
  assert.ok(last < 0.7 * first, `training helps: ${first} became ${last}`);
});

test.run();
