import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { DenseNetwork, Engine } from '../../src/nets/engine.ts';
import { oneCycle, RunningWeights } from '../../src/nets/learning-rate.ts';
import { trainEndless } from '../../src/nets/train-endless.ts';
import type { EndlessPlan } from '../../src/nets/train-endless.ts';
import { QuickRandom } from '../../src/random/quick-random.ts';
import { simd, twin } from './fused-engines.ts';

const test = suite('endless training');

/** Constants: with an input that is always 0, all that a linear network can learn is its biases. */
const network: DenseNetwork = {
  inputs: 1,
  hidden: [],
  activation: 'elu',
  outputs: 3,
  head: { kind: 'linear' },
};
const BATCH = 256;

/** Standard normal targets; those above 0 count twice as much as those below. */
const plan: EndlessPlan = {
  network,
  weights: [{ weight: new Float32Array(3), bias: new Float32Array(3) }],
  loss: {
    kind: 'weighted',
    outputs: [
      { kind: 'mean' },
      { kind: 'quantile', level: 0.1, smoothing: 0.02 },
      { kind: 'quantile', level: 0.95, smoothing: 0.02 },
    ],
  },
  batch: BATCH,
  steps: 3000,
  draw(step, x, target) {
    x.fill(0);
    const drawn = new Float64Array(BATCH);
    new QuickRandom(step).fillGaussian(drawn);
    drawn.forEach((value, i) => {
      target.fill(value, 6 * i, 6 * i + 3);
      target.fill(value > 0 ? 2 : 1, 6 * i + 3, 6 * i + 6);
    });
  },
  learningRate: oneCycle(0.02, 3000),
  adam: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  averageOver: 500,
};

for (const engine of [twin, simd]) {
  test(`${engine.description}: finds the mean and the quantiles of weighted targets`, async () => {
    const { averaged, last, losses } = await trainEndless(engine, plan);
    // A third of the mass is below 0: the mean is (2/3 - 1/3) sqrt(2/pi); 0.1 is reached where Phi(z) = 0.15,
    // 0.95 where 1 - Phi(z) = 0.05 x 3/4.
    for (const [i, expected] of [0.265962, -1.036433, 1.780464].entries()) {
      assert.ok(Math.abs(averaged[0].bias[i] - expected) < 0.015, `averaged ${i}: ${averaged[0].bias[i]}`);
      assert.ok(Math.abs(last[0].bias[i] - expected) < 0.03, `last ${i}: ${last[0].bias[i]}`);
    }
    assert.is(losses.length, 100);
    assert.equal(
      losses.map(({ epoch }) => epoch),
      losses.map((_, i) => i + 1),
    );
  });
}

test('the same plan gives the same weights; what is said on the way changes nothing', async () => {
  const short = { ...plan, steps: 130 };
  const told: number[] = [];
  const one = await trainEndless(simd, short);
  const other = await trainEndless(simd, { ...short, onProgress: (steps) => told.push(steps) });
  assert.equal(one, other);
  assert.equal(told.slice(-2), [128, 130]);
});

test('without averaging the weights are the last ones', async () => {
  const { last, averaged } = await trainEndless(simd, { ...plan, steps: 10, averageOver: 0 });
  assert.equal(averaged, last);
});

test('a loss that is no number ends it with an error, and the trainer is freed', async () => {
  let freed = false;
  const engine: Engine = {
    ...simd,
    train: (options) => {
      const trainer = simd.train(options);
      return Object.assign(Object.create(trainer) as typeof trainer, {
        step: (x: Float32Array, target: Float32Array) => trainer.step(x, target),
        takeLoss: () => trainer.takeLoss(),
        weights: () => trainer.weights(),
        setLearningRate: (rate: number) => trainer.setLearningRate(rate),
        dispose: () => (freed = true),
      });
    },
  };
  try {
    await trainEndless(engine, { ...plan, draw: (_, x) => x.fill(NaN) });
    assert.unreachable();
  } catch (error) {
    assert.match(String(error), /diverged before step 30: the loss is NaN/);
  }
  assert.ok(freed);
});

test('a running average of weights: its first is the weight itself, then old ones fade', () => {
  const running = new RunningWeights(0.5);
  const of = (value: number) => [{ weight: Float32Array.of(value), bias: Float32Array.of(-value) }];
  running.add(of(4));
  assert.equal(running.average(), of(4));
  running.add(of(1));
  assert.equal(running.average(), of(2));
});

test.run();
