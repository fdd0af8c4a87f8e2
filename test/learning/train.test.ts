import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Checkpoint } from '../../src/contracts/cell.ts';
import type { Batch, Learner, SavedState } from '../../src/contracts/learner.ts';
import { augment, augmentationSetting } from '../../src/learning/augmentation.ts';
import { chooseBackend } from '../../src/learning/backends.ts';
import { gather, oneHot, type Cases } from '../../src/learning/cases.ts';
import { crossEntropy } from '../../src/learning/losses.ts';
import { scheduled } from '../../src/learning/schedule.ts';
import { TensorFlowLearner } from '../../src/learning/tensorflow-learner.ts';
import { evaluate, train, type TrainingOptions } from '../../src/learning/train.ts';
import mlp from '../../src/models/mlp.ts';
import { QuickRandom } from '../../src/random/quick-random.ts';

const test = suite('learning: training loop');
const { backend } = await chooseBackend('cpu');

const shape = [4, 4, 1];
const n = 60;
const labels = Array.from({ length: n }, (_, i) => i % 2);
const random = new QuickRandom(1);
const cases: Cases = {
  n,
  shape,
  inputs: Float32Array.from({ length: n * 16 }, (_, i) => random.gaussian() + labels[Math.floor(i / 16)]),
  targets: oneHot(labels, 2),
};
const places = Array.from({ length: n }, (_, i) => i);
const sets = { training: places.slice(0, 40), validation: places.slice(40, 50) };
const options: TrainingOptions = {
  ...{ epochs: 8, batch: 16, rate: 0.01, schedule: 'cosine', patience: 3, seed: 5 },
  augmentation: augmentationSetting.parse({ flip: [0], noise: 0.2, shift: 1, gain: 0.1 }),
};
const score = (output: Float32Array, target: Float32Array): number =>
  Number(output[1] > output[0] === target[1] > target[0]);
const learnerFor = (seed = 3): TensorFlowLearner => {
  const network = mlp.build(mlp.settings.parse({ units: [8] }), shape, 2);
  return new TensorFlowLearner({ backend, network, shape, loss: crossEntropy, seed, weightDecay: 0.01 });
};

/** Keeps the last state in memory, as a file would; fails like a kill after some epochs. */
class Memory implements Checkpoint {
  state: SavedState | undefined;
  #left: number;
  constructor(epochs: number) {
    this.#left = epochs;
  }
  read = async () => this.state;
  async write(files: SavedState): Promise<void> {
    if (this.#left-- === 0) throw new Error('killed');
    this.state = new Map([...files].map(([name, bytes]) => [name, bytes.slice()]));
  }
}

test('interrupted after any epoch, a training ends with the weights and the curve of an unbroken one', async () => {
  const whole = learnerFor();
  const expected = await train(whole, cases, sets, options, { score });
  const epochs = expected.curve.length;
  for (let kill = 0; kill < epochs; kill++) {
    const checkpoint = new Memory(kill);
    const first = learnerFor();
    await train(first, cases, sets, options, { score, checkpoint }).then(
      () => assert.unreachable(),
      ({ message }: Error) => assert.is(message, 'killed'),
    );
    const again = new Memory(Infinity);
    again.state = checkpoint.state;
    const second = learnerFor();
    let done = 0;
    const onProgress = () => done++;
    const found = await train(second, cases, sets, options, { score, checkpoint: again, onProgress });
    assert.equal(found, expected);
    assert.is(done, epochs - kill, 'no epoch is done twice but the one that was lost');
    assert.equal(second.save(), whole.save());
    for (const each of [first, second]) each.dispose();
  }
  whole.dispose();
});

test('the kept weights are those of the lowest validation loss, and training ends when it has not fallen for the patience', async () => {
  const losses = [0.9, 0.5, 0.7, 0.4, 0.41, 0.6, 0.5, 0.1];
  let epoch = 0;
  let restored: SavedState | undefined;
  const scripted: Learner = {
    step: ({ n }) => ({ loss: 1, values: new Float32Array(2 * n) }),
    evaluate: ({ n }) => ({ loss: losses[epoch++], values: new Float32Array(2 * n) }),
    save: () => new Map([['epoch', Uint8Array.of(epoch)]]),
    restore: (state) => (restored = state),
    dispose: () => undefined,
  };
  // One validation batch an epoch, so that evaluations count epochs.
  const { curve, kept } = await train(scripted, cases, sets, options, { score });
  assert.equal([curve.length, kept], [7, 4]);
  assert.equal(restored!.get('epoch'), Uint8Array.of(4));
  assert.equal(
    curve.map(({ validationLoss }) => validationLoss),
    losses.slice(0, 7),
  );
});

test('only training and validation cases are looked at', async () => {
  const poisoned: Cases = { ...cases, inputs: cases.inputs.slice(), targets: cases.targets.slice() };
  poisoned.inputs.fill(NaN, 50 * 16);
  poisoned.targets.fill(NaN, 50 * 2);
  const [one, other] = [learnerFor(), learnerFor()];
  const expected = await train(one, cases, sets, options, { score });
  assert.equal(await train(other, poisoned, sets, options, { score }), expected);
  assert.equal(other.save(), one.save());
  for (const each of [one, other]) each.dispose();
});

test('every training case is used once an epoch, in an order of the seed', async () => {
  const seen = async (seed: number): Promise<number[][]> => {
    const epochs: number[][] = [];
    const watching: Learner = {
      step(batch: Batch) {
        if (epochs.length === 0 || epochs.at(-1)!.length === 40) epochs.push([]);
        for (let i = 0; i < batch.n; i++) epochs.at(-1)!.push(batch.inputs[i]);
        return { loss: 1, values: new Float32Array(2 * batch.n) };
      },
      evaluate: ({ n }) => ({ loss: 1, values: new Float32Array(2 * n) }),
      save: () => new Map(),
      restore: () => undefined,
      dispose: () => undefined,
    };
    const numbered = { ...cases, shape: [1], inputs: Float32Array.from(places) };
    const plain: TrainingOptions = {
      epochs: 3,
      batch: 16,
      rate: 1,
      schedule: 'constant',
      patience: null,
      seed,
    };
    await train(watching, numbered, { training: sets.training, validation: [] }, plain, { score });
    return epochs;
  };
  const epochs = await seen(1);
  assert.equal(
    epochs.map((each) => [...each].sort((a, b) => a - b)),
    [0, 1, 2].map(() => sets.training),
  );
  assert.not.equal(epochs[0], epochs[1]);
  assert.equal(await seen(1), epochs);
  assert.not.equal(await seen(2), epochs);
});

test('evaluating in batches of any size gives the loss and the answers of one batch', () => {
  const learner = learnerFor();
  const whole = learner.evaluate(gather(cases, places));
  for (const batch of [1, 7, 60, 100]) {
    const { loss, values } = evaluate(learner, cases, places, batch);
    assert.ok(Math.abs(loss - whole.loss) < 1e-6);
    values.forEach((value, i) => assert.ok(Math.abs(value - whole.values[i]) < 1e-6));
  }
  assert.ok(Number.isNaN(evaluate(learner, cases, [], 8).loss));
  learner.dispose();
});

test('a mirrored case is mirrored along its axis, a shifted one moves with zeros behind it', () => {
  const size = [2, 3, 2];
  // Rows [0 1 2] and [3 4 5] of a first channel, their negatives in the second.
  const image = () => Float32Array.from([0, 1, 2, 3, 4, 5].flatMap((value) => [value + 1, -value - 1]));
  const first = (values: Float32Array) => [...values].filter((_, i) => i % 2 === 0);
  const found = new Map<string, number>();
  const generator = new QuickRandom(3);
  for (let i = 0; i < 4000; i++) {
    const values = image();
    augment(values, size, augmentationSetting.parse({ flip: [1], shift: 1 }), generator);
    const [a, b] = [first(values), [...values].filter((_, at) => at % 2 === 1)];
    assert.equal(
      a,
      b.map((value) => (value === 0 ? 0 : -value)),
    );
    found.set(String(a), (found.get(String(a)) ?? 0) + 1);
  }
  // Two orientations times shifts of -1, 0 and 1 along either axis, rounded: a quarter, a half, a quarter of the draws.
  assert.is(found.size, 18);
  const share = (values: number[]) => (found.get(String(values)) ?? 0) / 4000;
  // Binomial: standard deviation sqrt(1/8 x 7/8 / 4000) = .0052.
  assert.ok(Math.abs(share([1, 2, 3, 4, 5, 6]) - 1 / 8) < 4 * 0.0052);
  assert.ok(Math.abs(share([3, 2, 1, 6, 5, 4]) - 1 / 8) < 4 * 0.0052);
  assert.ok(share([0, 0, 0, 1, 2, 3]) > 0 && share([2, 3, 0, 5, 6, 0]) > 0);
});

test('the learning rate rises to its full size and falls to almost nothing', () => {
  const shares = Array.from({ length: 200 }, (_, step) => scheduled('cosine', step, 200));
  assert.is(Math.max(...shares), 1);
  assert.is(shares.indexOf(1), 9);
  assert.ok(Math.abs(shares[105] - 0.5) < 1e-12); // half way between steps 10 and 200
  assert.ok(shares[199] < 1e-3 && shares[199] > 0);
  assert.is(scheduled('constant', 150, 200), 1);
});

test.run();
