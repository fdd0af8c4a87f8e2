import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Batch, SavedState } from '../../src/contracts/learner.ts';
import { BACKENDS, chooseBackend } from '../../src/learning/backends.ts';
import type { Cases } from '../../src/learning/cases.ts';
import { absoluteError, squaredError } from '../../src/learning/losses.ts';
import { TensorFlowLearner } from '../../src/learning/tensorflow-learner.ts';
import { train, type TrainingOptions, type Vary } from '../../src/learning/train.ts';
import { upsample } from '../../src/learning/upsample.ts';
import unet from '../../src/models/unet.ts';
import { on, type Backend } from '../../src/nets/tensorflow/backend.ts';
import type { QuickRandom } from '../../src/random/quick-random.ts';
import { skip } from '../skip.ts';

const test = suite('learning: images to images');

const shape = [8, 8, 2];
const pixels = 64;
/** Smooth images, and beside them a channel that knows their sign. */
const n = 12;
const cases: Cases = {
  n,
  shape,
  inputs: Float32Array.from({ length: n * pixels * 2 }, (_, at) => image(at >> 1) * (at % 2 === 0 ? 1 : 0.5)),
  targets: Float32Array.from({ length: n * pixels }, (_, at) => image(at)),
};
function image(at: number): number {
  const [which, x, y] = [Math.floor(at / pixels), at % 8, Math.floor(at / 8) % 8];
  return Math.sin(x / 2 + which) + Math.cos(y / 3);
}
const noisy: Vary = ({ inputs }: Batch, random: QuickRandom) => {
  for (let i = 0; i < inputs.length; i += 2) inputs[i] += 0.5 * random.gaussian();
};
const places = Array.from({ length: n }, (_, i) => i);
const sets = { training: places.slice(0, 8), validation: places.slice(8) };
const options: TrainingOptions = {
  epochs: 4,
  batch: 4,
  rate: 0.01,
  schedule: 'cosine',
  patience: null,
  seed: 2,
};
const score = (output: Float32Array, target: Float32Array): number =>
  Math.sqrt(output.reduce((sum, value, i) => sum + (value - target[i]) ** 2, 0) / output.length);

for (const name of BACKENDS) {
  let backend: Backend;
  try {
    ({ backend } = await chooseBackend(name));
  } catch (error) {
    skip(test, `everything on engine ${name}`, (error as Error).message);
    continue;
  }
  const learnerFor = (loss = squaredError, averaging = 0) =>
    new TensorFlowLearner({
      ...{ backend, shape, loss, seed: 3, weightDecay: 0, averaging },
      network: unet.build(unet.settings.parse({ channels: [4, 6] }), shape, 1),
    });

  test(`${name}: doubling repeats every value, and the gradient is the sum over its copies`, () => {
    const { tf } = backend;
    const [y, gradient] = on(backend, () => {
      const x = tf.tensor([1, 2, 3, 4], [1, 2, 2, 1]);
      const weights = tf.tensor(
        Array.from({ length: 16 }, (_, i) => i),
        [1, 4, 4, 1],
      );
      const [dx] = tf.grads((a) => tf.sum(tf.mul(upsample(tf, a), weights)))([x]);
      return [[...upsample(tf, x).dataSync()], [...dx.dataSync()]];
    });
    assert.equal(y, [1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4]);
    // 0 + 1 + 4 + 5, and so on.
    assert.equal(gradient, [10, 18, 42, 50]);
  });

  test(`${name}: a network of images that is killed after any epoch ends as an unbroken one, fresh noise and averages included`, async () => {
    const whole = learnerFor(squaredError, 0.9);
    const expected = await train(whole, cases, sets, options, { score, vary: noisy });
    for (const kill of [1, 3]) {
      let state: SavedState | undefined;
      let left = kill;
      const checkpoint = {
        read: async () => state,
        write: async (files: SavedState) => {
          if (left-- === 0) throw new Error('killed');
          state = new Map([...files].map(([file, bytes]) => [file, bytes.slice()]));
        },
      };
      const first = learnerFor(squaredError, 0.9);
      await train(first, cases, sets, options, { score, vary: noisy, checkpoint }).catch(() => undefined);
      left = Infinity;
      const second = learnerFor(squaredError, 0.9);
      const found = await train(second, cases, sets, options, { score, vary: noisy, checkpoint });
      assert.equal(found, expected);
      assert.equal(second.save(), whole.save());
      for (const each of [first, second]) each.dispose();
    }
    const { curve } = expected;
    assert.ok(curve.at(-1)!.validationLoss < curve[0].validationLoss);
    whole.dispose();
  });

  test(`${name}: averaged weights are used, and change nothing in the training`, () => {
    const [plain, averaged] = [learnerFor(), learnerFor(squaredError, 0.5)];
    const batch = { n, inputs: cases.inputs, targets: cases.targets };
    const losses = [plain, averaged].map((learner) =>
      Array.from({ length: 3 }, () => learner.step(batch, 0.01).loss),
    );
    assert.equal(losses[0], losses[1]);
    const arrays = [plain, averaged].map((learner) => {
      const bytes = learner.save().get('learner.f32')!;
      return new Float32Array(bytes.slice().buffer);
    });
    assert.is(arrays[1].length, (4 / 3) * arrays[0].length);
    assert.not.equal(plain.evaluate(batch).values, averaged.evaluate(batch).values);
    // Transfer begins with the weights that were used, in either kind of learner.
    const next = learnerFor(squaredError, 0.5);
    next.begin(averaged.save());
    assert.equal(next.evaluate(batch).values, averaged.evaluate(batch).values);
    for (const learner of [plain, averaged, next]) learner.dispose();
  });

  test(`${name}: the mean absolute error is minimised as well`, () => {
    const learner = learnerFor(absoluteError);
    const batch = { n, inputs: cases.inputs, targets: cases.targets.map((value) => value + 1) };
    const before = learner.evaluate(batch);
    assert.ok(before.values.every(Number.isFinite));
    const by = batch.targets.reduce((sum, value, i) => sum + Math.abs(value - before.values[i]), 0);
    assert.ok(Math.abs(before.loss - by / batch.targets.length) < 1e-5);
    for (let i = 0; i < 20; i++) learner.step(batch, 0.01);
    assert.ok(learner.evaluate(batch).loss < before.loss);
    learner.dispose();
  });
}

test('the batches that are varied leave the cases as they were, and the noise depends on the epoch alone', async () => {
  const before = cases.inputs.slice();
  const drawn: number[] = [];
  const { backend } = await chooseBackend('cpu');
  const learner = new TensorFlowLearner({
    ...{ backend, shape, loss: squaredError, seed: 3, weightDecay: 0 },
    network: unet.build(unet.settings.parse({ channels: [2, 2] }), shape, 1),
  });
  const vary: Vary = (batch, random) => {
    drawn.push(random.uniform());
    batch.inputs.fill(0);
  };
  await train(learner, cases, sets, { ...options, epochs: 2 }, { score, vary });
  assert.equal(cases.inputs, before);
  assert.is(new Set(drawn).size, 4);
  learner.dispose();
});

test('a network that returns something else than the study needs is refused', async () => {
  const { backend } = await chooseBackend('cpu');
  const options = { backend, shape, loss: squaredError, seed: 3, weightDecay: 0 };
  const network = unet.build(unet.settings.parse({ channels: [2, 2] }), shape, 2);
  assert.throws(
    () => new TensorFlowLearner({ ...options, network, outputs: [2] }),
    /returns \[8, 8, 2\] for a case of \[8, 8, 2\]; allowed here: \[2\]/,
  );
});

test('a U-Net refuses images that can’t be halved so often', () => {
  const build = (size: number[]) => () => unet.build(unet.settings.parse({}), size, 1);
  assert.throws(build([30, 32, 1]), /multiples of 4, for 2 poolings; these are \[30, 32, 1\]/);
  assert.throws(build([16]), /two or three dimensions/);
  assert.throws(() => unet.build(unet.settings.parse({}), [8, 8, 1], 2), /1 for 2/);
});

test.run();
