import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { DenseWeights, Engine } from '../../src/nets/engine.ts';
import { train } from '../../src/nets/train.ts';
import type { TrainingPlan } from '../../src/nets/train.ts';
import { twin } from './fused-engines.ts';
import { parityInputs, parityOptions } from './fused-parity-case.ts';

const test = suite('training loop');

const plan: TrainingPlan = {
  ...parityOptions,
  rows: { n: 1280, inputs: 7, values: parityInputs },
  batch: 128,
  epochs: 6,
  patience: 10,
  seed: 11,
};

/** An engine that loses as told, epoch by epoch, and whose weights say how many steps were made. */
function scripted(losses: readonly number[], log: { steps: number; disposed: boolean }): Engine {
  let epoch = 0;
  const weights = (): DenseWeights => [{ weight: Float32Array.of(log.steps), bias: Float32Array.of(0) }];
  return {
    name: 'fused',
    description: 'scripted',
    train: () => ({
      step: () => void log.steps++,
      takeLoss: () => losses[epoch++],
      gradients: weights,
      weights,
      setLearningRate: () => {},
      dispose: () => void (log.disposed = true),
    }),
    use: () => {
      throw new Error('not asked for');
    },
  };
}

test('stops when the loss has not fallen for as many epochs as patience says; an equal loss is no fall', async () => {
  const log = { steps: 0, disposed: false };
  const losses = [5, 4, 4, 3, 3.5, 3, 9, 1];
  const result = await train(scripted(losses, log), { ...plan, epochs: 100, patience: 3 });
  assert.equal(
    result.losses.map(({ loss }) => loss),
    losses.slice(0, 7),
  );
  assert.is(result.stoppedBy, 'patience');
  assert.is(result.bestEpoch, 4);
  assert.is(result.best[0].weight[0], 40, 'after four epochs of ten batches');
  assert.is(result.last[0].weight[0], 70);
  assert.ok(log.disposed);
});

test('stops after the last epoch', async () => {
  const told: number[] = [];
  const losses = [5, 4, 3, 2, 1, 0.5, 0.2];
  const result = await train(scripted(losses, { steps: 0, disposed: false }), {
    ...plan,
    onEpoch: ({ epoch }) => told.push(epoch),
  });
  assert.is(result.stoppedBy, 'epochs');
  assert.is(result.bestEpoch, 6);
  assert.equal(result.best, result.last);
  assert.equal(told, [1, 2, 3, 4, 5, 6]);
});

test('a loss that is no number ends it with an error, and the trainer is freed', async () => {
  const log = { steps: 0, disposed: false };
  try {
    await train(scripted([5, NaN, 3], log), plan);
    assert.unreachable();
  } catch (error) {
    assert.match(String(error), /diverged in epoch 2: the loss is NaN/);
  }
  assert.ok(log.disposed);
});

test('fewer voxels than a batch are refused', async () => {
  try {
    await train(scripted([1], { steps: 0, disposed: false }), {
      ...plan,
      rows: { ...plan.rows, n: 127 },
    });
    assert.unreachable();
  } catch (error) {
    assert.match(String(error), /127 voxels do not fill one batch of 128/);
  }
});

test('the same plan gives the same weights, another seed others; the loss falls; inputs stay', async () => {
  const before = parityInputs.slice();
  const one = await train(twin, plan);
  assert.equal(await train(twin, plan), one);
  assert.not.equal((await train(twin, { ...plan, seed: 12 })).last, one.last);
  assert.ok(one.losses[5].loss < 0.9 * one.losses[0].loss);
  assert.equal(parityInputs, before);
});

test.run();
