import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { DenseLayer, DenseWeights, TrainerOptions } from '../../src/nets/engine.ts';
import { farthest, largest } from './fused-cases.ts';
import { simd, twin } from './fused-engines.ts';
import { anyRegularisedCase, regularisedCase } from './regularised-cases.ts';

/** Branches, normalisation over the batch and dropout, in the SIMD kernel and its double-precision twin. */
const test = suite('branches, batch normalisation and dropout');

/** What training changes, then what it keeps of the batches. */
const trained = (layers: DenseWeights) =>
  layers.flatMap(({ weight, bias, norm }) => [
    ...weight,
    ...bias,
    ...(norm ? [...norm.scale, ...norm.shift] : []),
  ]);
const running = (layers: DenseWeights) =>
  layers.flatMap(({ norm }) => (norm ? [...norm.mean, ...norm.variance] : []));

test('the kernel and its twin have the same losses, gradients, weights and running statistics', () => {
  fc.assert(
    fc.property(anyRegularisedCase, (c) => {
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
function lossAt(
  options: TrainerOptions,
  weights: readonly DenseLayer[],
  x: Float32Array,
  target: Float32Array,
) {
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
          assert.ok(
            off < 3e-5,
            `${engine.description}, ${activation}, norm ${batchNorm}, dropout ${dropout}: ${off}`,
          );
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
      fc.property(anyRegularisedCase, fc.nat(), (c, pick) => {
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

  test(`${name}: dropout leaves out its share of every voxel's units, others in the next step, none in use`, () => {
    const hidden = 400;
    const network = {
      inputs: 1,
      hidden: [hidden],
      activation: 'relu',
      outputs: hidden,
      head: { kind: 'linear' },
      dropout: [0.3],
    } as const;
    const ones = (count: number) => new Float32Array(count).fill(1);
    const identity = new Float32Array(hidden * hidden);
    for (let i = 0; i < hidden; i++) identity[i * hidden + i] = 1;
    const weights = [
      { weight: ones(hidden), bias: new Float32Array(hidden) },
      { weight: identity, bias: new Float32Array(hidden) },
    ];
    const trainer = engine.train({
      network,
      weights,
      loss: { kind: 'squared', weights: new Array<number>(hidden).fill(1) },
      batch: 1,
      adam: { learningRate: 0, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
      seed: 4,
    });
    // With the input 1 and the target 0, the gradient of an output's bias is its value times 2 / outputs.
    const given = () => {
      trainer.step(ones(1), new Float32Array(hidden));
      return Array.from(trainer.gradients()[1].bias, (g) => (g * hidden) / 2);
    };
    const [first, second] = [given(), given()];
    const raised = 1 / 0.7;
    assert.ok(first.every((value) => value === 0 || Math.abs(value - raised) < 1e-6));
    const share = first.filter((value) => value === 0).length / hidden;
    assert.ok(Math.abs(share - 0.3) < 4 * Math.sqrt((0.3 * 0.7) / hidden), `${share} left out`);
    assert.not.equal(first, second);
    const out = new Float32Array(hidden);
    engine.use(network, weights).predict(ones(1), 1, out);
    assert.equal(out, ones(hidden));
  });

  test(`${name}: a batch of one voxel can't be normalised, and odd sizes are refused`, () => {
    const c = { seed: 3, inputs: 2, hidden: [3], branches: 2, outputsEach: 1, batch: 4 };
    const { options } = regularisedCase({ ...c, activation: 'elu', batchNorm: true, dropout: 0.2 });
    const { network } = options;
    assert.throws(() => engine.train({ ...options, batch: 1 }), /batch of 1 voxels; at least 2/);
    assert.throws(
      () => engine.train({ ...options, network: { ...network, branches: 3 } }),
      /2 outputs.* 3 branches/,
    );
    assert.throws(() => engine.train({ ...options, network: { ...network, dropout: [1] } }), /dropout of 1/);
    assert.throws(
      () => engine.use({ ...network, batchNorm: false }, options.weights),
      /layer 0 is not to be normalised/,
    );
  });
}

test.run();
