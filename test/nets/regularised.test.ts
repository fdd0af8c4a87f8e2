import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Activation, DenseLayer, DenseWeights, TrainerOptions } from '../../src/nets/engine.ts';
import { farthest, largest } from './fused-cases.ts';
import { simd, twin } from './fused-engines.ts';
import { regularisedCase } from './regularised-cases.ts';
import type { RegularisedCase } from './regularised-cases.ts';

/** Branches, normalisation over the batch and dropout, in the SIMD kernel and its double-precision twin. */
const test = suite('branches, batch normalisation and dropout');

const anyCase: fc.Arbitrary<RegularisedCase> = fc.record({
  seed: fc.integer({ min: 1, max: 1e9 }),
  inputs: fc.integer({ min: 1, max: 12 }),
  hidden: fc.array(fc.integer({ min: 1, max: 13 }), { maxLength: 3 }),
  activation: fc.constantFrom<Activation>('elu', 'relu', 'silu'),
  branches: fc.integer({ min: 1, max: 4 }),
  outputsEach: fc.integer({ min: 1, max: 5 }),
  batchNorm: fc.boolean(),
  dropout: fc.constantFrom(0, 0.1, 0.5),
  batch: fc.integer({ min: 2, max: 150 }),
});

/** What training changes, then what it keeps of the batches. */
const trained = (layers: DenseWeights) =>
  layers.flatMap(({ weight, bias, norm }) => [...weight, ...bias, ...(norm ? [...norm.scale, ...norm.shift] : [])]);
const running = (layers: DenseWeights) =>
  layers.flatMap(({ norm }) => (norm ? [...norm.mean, ...norm.variance] : []));

test('the kernel and its twin have the same losses, gradients, weights and running statistics', () => {
  fc.assert(
    fc.property(anyCase, (c) => {
      // Two voxels alone normalise to plus and minus one whatever they are: a gradient that is nothing but rounding.
      const { options, x, target } = regularisedCase({ ...c, batch: Math.max(c.batch, c.batchNorm ? 8 : 1) });
      const [fast, slow] = [simd.train(options), twin.train(options)];
      for (let step = 0; step < 3; step++) {
        fast.step(x, target);
        slow.step(x, target);
        const [expected, loss] = [trained(slow.gradients()), slow.takeLoss()];
        assert.ok(Math.abs(fast.takeLoss() - loss) <= 2e-5 * loss);
        assert.ok(farthest(trained(fast.gradients()), expected) <= 1e-4 * largest(expected) + 1e-8);
      }
      const [one, other] = [fast.weights(), slow.weights()];
      assert.ok(farthest(trained(one), trained(other)) < 2e-5);
      assert.ok(farthest(running(one), running(other)) < 2e-5);
    }),
    { seed: 21, numRuns: 80 },
  );
});

/** The loss of the first step, whose dropout the seed decides, by the twin. */
function lossAt(options: TrainerOptions, weights: readonly DenseLayer[], x: Float32Array, target: Float32Array) {
  const trainer = twin.train({ ...options, weights });
  trainer.setLearningRate(0);
  trainer.step(x, target);
  return trainer.takeLoss();
}

test('the gradients are the slopes of the loss', () => {
  const base = { inputs: 4, hidden: [5, 3], branches: 2, outputsEach: 2, batch: 11 } as const;
  for (const activation of ['elu', 'silu'] as const)
    for (const batchNorm of [false, true])
      for (const dropout of [0, 0.3]) {
        const { options, x, target } = regularisedCase({ ...base, seed: 5, activation, batchNorm, dropout });
        const arrays = options.weights.flatMap(({ weight, bias, norm }) => [
          weight,
          bias,
          ...(norm ? [norm.scale, norm.shift] : []),
        ]);
        const slopes = arrays.flatMap((array) =>
          Array.from(array, (at, i) => {
            array[i] = at + 2 ** -12;
            const [up, above] = [array[i], lossAt(options, options.weights, x, target)];
            array[i] = at - 2 ** -12;
            const slope = (above - lossAt(options, options.weights, x, target)) / (up - array[i]);
            array[i] = at;
            return slope;
          }),
        );
        assert.ok(largest(slopes) > 1e-2, 'a loss that does not move shows nothing');
        for (const engine of [twin, simd]) {
          const trainer = engine.train(options);
          trainer.step(x, target);
          const found = trained(trainer.gradients());
          const off = farthest(found, slopes) / largest(slopes);
          assert.ok(off < 3e-5, `${engine.description}, ${activation}, norm ${batchNorm}, dropout ${dropout}: ${off}`);
        }
      }
});

for (const engine of [twin, simd]) {
  const name = engine.description;

  test(`${name}: branches are networks of their own`, () => {
    const c = { seed: 3, inputs: 6, hidden: [7, 5], branches: 3, outputsEach: 2, batch: 40 };
    const { options, x } = regularisedCase({ ...c, activation: 'elu', batchNorm: true, dropout: 0.2 });
    const { network, weights } = options;
    const together = new Float32Array(40 * 6);
    engine.use(network, weights).predict(x, 40, together);
    for (let branch = 0; branch < 3; branch++) {
      const part = (array: Float32Array) => {
        const size = array.length / 3;
        return array.slice(branch * size, (branch + 1) * size);
      };
      const own = weights.map(({ weight, bias, norm }) => ({
        weight: part(weight),
        bias: part(bias),
        ...(norm
          ? {
              norm: {
                scale: part(norm.scale),
                shift: part(norm.shift),
                mean: part(norm.mean),
                variance: part(norm.variance),
              },
            }
          : {}),
      }));
      const head = { kind: 'sigmoid', low: [-1, -1], high: [2, 2] } as const;
      const alone = new Float32Array(40 * 2);
      engine.use({ ...network, outputs: 2, branches: 1, head }, own).predict(x, 40, alone);
      for (let v = 0; v < 40; v++)
        assert.equal(
          alone.slice(2 * v, 2 * v + 2),
          together.slice(6 * v + 2 * branch, 6 * v + 2 * branch + 2),
        );
    }
  });

  test(`${name}: a row's prediction is the same, bit for bit, whatever the other rows are`, () => {
    fc.assert(
      fc.property(anyCase, fc.nat(), (c, pick) => {
        const { options, x } = regularisedCase(c);
        const { inputs, outputs } = options.network;
        const predictor = engine.use(options.network, options.weights);
        const together = new Float32Array(c.batch * outputs);
        predictor.predict(x, c.batch, together);
        const row = pick % c.batch;
        const alone = new Float32Array(outputs);
        predictor.predict(x.slice(row * inputs, (row + 1) * inputs), 1, alone);
        assert.equal(alone, together.slice(row * outputs, (row + 1) * outputs));
      }),
      { seed: 6, numRuns: 30 },
    );
  });

  test(`${name}: a batch of one voxel can't be normalised, and odd sizes are refused`, () => {
    const c = { seed: 3, inputs: 2, hidden: [3], branches: 2, outputsEach: 1, batch: 4 };
    const { options } = regularisedCase({ ...c, activation: 'elu', batchNorm: true, dropout: 0.2 });
    const { network } = options;
    assert.throws(() => engine.train({ ...options, batch: 1 }), /batch of 1 voxels; at least 2/);
    assert.throws(() => engine.train({ ...options, network: { ...network, branches: 3 } }), /2 outputs.* 3 branches/);
    assert.throws(() => engine.train({ ...options, network: { ...network, dropout: [1] } }), /dropout of 1/);
    assert.throws(
      () => engine.use({ ...network, batchNorm: false }, options.weights),
      /layer 0 is not to be normalised/,
    );
  });
}

test.run();
