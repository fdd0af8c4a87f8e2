import { createHash } from 'node:crypto';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Batch, Model, Network, SavedState, Shape, Tensor } from '../../src/contracts/learner.ts';
import { BACKENDS, chooseBackend, type BackendName } from '../../src/learning/backends.ts';
import { oneHot } from '../../src/learning/cases.ts';
import { convolve } from '../../src/learning/convolve.ts';
import { crossEntropy, squaredError } from '../../src/learning/losses.ts';
import { leakyRectifier } from '../../src/learning/leaky-rectifier.ts';
import { maxPool } from '../../src/learning/max-pool.ts';
import { TensorFlowLearner } from '../../src/learning/tensorflow-learner.ts';
import cnn3d from '../../src/models/cnn3d.ts';
import mlp from '../../src/models/mlp.ts';
import residual3d from '../../src/models/residual3d.ts';
import { on, type Backend } from '../../src/nets/tensorflow/backend.ts';
import { QuickRandom } from '../../src/random/quick-random.ts';
import { skip } from '../skip.ts';

const test = suite('learning: learner');

const shape = [8, 8, 8, 2] as const;
const backends = new Map<BackendName, Awaited<ReturnType<typeof chooseBackend>>>();
for (const name of BACKENDS) {
  try {
    backends.set(name, await chooseBackend(name));
  } catch (error) {
    skip(test, `everything on engine ${name}`, (error as Error).message);
  }
}
const { backend: cpu } = backends.get('cpu')!;

function batchOf(seed: number, n = 6): Batch {
  const random = new QuickRandom(seed);
  const labels = Array.from({ length: n }, (_, i) => i % 2);
  const inputs = Float32Array.from(
    { length: n * 1024 },
    (_, i) => random.gaussian() + labels[Math.floor(i / 1024)],
  );
  return { n, inputs, targets: oneHot(labels, 2) };
}
const network = (): Network => cnn3d.build(cnn3d.settings.parse({ channels: [4, 8], units: 8 }), shape, 2);
const learnerOn = (name: BackendName, net = network(), weightDecay = 0): TensorFlowLearner =>
  new TensorFlowLearner({
    backend: backends.get(name)!.backend,
    network: net,
    shape,
    loss: crossEntropy,
    seed: 3,
    weightDecay,
  });
const weightsOf = (learner: TensorFlowLearner): Float32Array =>
  new Float32Array(learner.save().get('learner.f32')!.slice().buffer);
const digest = (state: SavedState): string[] =>
  [...state].map(([name, data]) => `${name} ${createHash('sha256').update(data).digest('hex')}`);
const gaussian = (seed: number, size: readonly number[]): Float32Array => {
  const random = new QuickRandom(seed);
  return Float32Array.from({ length: size.reduce((a, b) => a * b) }, () => random.gaussian());
};
/** Indices along every axis of a place in row-major order. */
const placeOf = (at: number, size: readonly number[]): number[] =>
  size.map((each, axis) => Math.floor(at / size.slice(axis + 1).reduce((a, b) => a * b, 1)) % each);

for (const name of backends.keys()) {
  test(`${name}: a training that is saved and restored equals an unbroken one to the last bit`, () => {
    const unbroken = learnerOn(name);
    for (let i = 0; i < 6; i++) unbroken.step(batchOf(i), 0.01);
    const [first, second] = [learnerOn(name), learnerOn(name)];
    for (let i = 0; i < 3; i++) first.step(batchOf(i), 0.01);
    second.step(batchOf(9), 0.5); // the state must not matter
    second.restore(first.save());
    for (let i = 3; i < 6; i++) second.step(batchOf(i), 0.01);
    assert.equal(digest(second.save()), digest(unbroken.save()));
    assert.ok([...weightsOf(unbroken)].every(Number.isFinite));
    for (const each of [unbroken, first, second]) each.dispose();
  });

  test(`${name}: no tensor is left over by steps, evaluations or a learner that is disposed of`, () => {
    const { tf } = backends.get(name)!.backend;
    const before = tf.memory().numTensors;
    const learner = learnerOn(name);
    learner.step(batchOf(1), 0.01);
    const after = tf.memory().numTensors;
    for (let i = 0; i < 3; i++) learner.step(batchOf(i), 0.01);
    learner.evaluate(batchOf(1));
    learner.restore(learner.save());
    assert.is(tf.memory().numTensors, after);
    learner.dispose();
    assert.is(tf.memory().numTensors, before);
  });

  test(`${name}: after ten steps from the same weights the loss is that of plain JavaScript within 1e-3`, () => {
    const [one, other] = [learnerOn(name), learnerOn('cpu')];
    one.restore(other.save());
    const losses = [one, other].map((learner) => {
      for (let i = 0; i < 10; i++) learner.step(batchOf(i), 0.003);
      return learner.evaluate(batchOf(77)).loss;
    });
    assert.ok(Math.abs(losses[0] - losses[1]) < 1e-3, String(losses));
    for (const each of [one, other]) each.dispose();
  });

  test(`${name}: convolutions have the gradients of plain TensorFlow.js`, () => {
    for (const [x, w] of [
      [
        [2, 5, 6, 3],
        [3, 3, 3, 4],
      ],
      [
        [2, 5, 6, 3],
        [3, 1, 3, 2],
      ],
      [
        [2, 4, 5, 6, 2],
        [3, 3, 3, 2, 4],
      ],
    ]) {
      const dy = [...x.slice(0, -1), w.at(-1)!];
      const gradients = ({ tf }: Backend, convolution: (x: Tensor, w: Tensor) => Tensor) => {
        const [gx, gw] = tf.grads((a, b) =>
          tf.sum(tf.mul(convolution(a, b), tf.tensor(gaussian(3, dy), dy))),
        )([tf.tensor(gaussian(1, x), x), tf.tensor(gaussian(2, w), w)]);
        return [...gx.dataSync(), ...gw.dataSync()];
      };
      const { tf, backend } = { ...backends.get(name)!, tf: cpu.tf };
      const own = on(backend, () => gradients(backend, (a, b) => convolve(backend.tf, a, b)));
      const plain = (a: Tensor, b: Tensor) =>
        w.length === 5
          ? tf.conv3d(a as never, b as never, 1, 'same')
          : tf.conv2d(a as never, b as never, 1, 'same');
      const theirs = on(cpu, () => gradients(cpu, plain));
      own.forEach((value, i) =>
        assert.ok(Math.abs(value - theirs[i]) < 1e-4, `${w.join()}: ${value}, not ${theirs[i]}`),
      );
    }
    const { tf } = cpu;
    assert.throws(() => convolve(tf, tf.zeros([1, 4, 4, 1]), tf.zeros([2, 3, 1, 1])), /odd, not \[2,3\]/);
  });

  test(`${name}: the leaky rectifier keeps what is above 0 and a share of the rest, and so does its gradient`, () => {
    const { backend } = backends.get(name)!;
    const { tf } = backend;
    const [y, gradient] = on(backend, () => {
      const x = tf.tensor1d([-2, -0.5, 0, 0.25, 3]);
      const weights = tf.tensor1d([1, 2, 3, 4, 5]);
      const by = tf.grad((each: Tensor) => tf.sum(tf.mul(leakyRectifier(tf, each, 0.5), weights)))(x);
      return [leakyRectifier(tf, x, 0.5), by].map((each) => [...each.dataSync()]);
    });
    assert.equal(y, [-1, -0.25, 0, 0.25, 3]);
    assert.equal(gradient, [0.5, 1, 1.5, 4, 5]);
  });

  test(`${name}: poolings take the largest of two by two, and their gradient goes to it`, () => {
    const { backend } = backends.get(name)!;
    const { tf } = backend;
    for (const size of [
      [2, 4, 5, 3],
      [2, 4, 5, 6, 3],
    ]) {
      const values = gaussian(4, size);
      const [y, gradient] = on(backend, () => {
        const x = tf.tensor(values, size);
        const summed = tf.grad((each: Tensor) => tf.sum(maxPool(tf, each)))(x);
        return [maxPool(tf, x), summed].map((each) => [...each.dataSync()]);
      });
      const spatial = size.slice(1, -1);
      const halves = spatial.map((each) => Math.floor(each / 2));
      const largest = new Map<string, number>();
      const expected = new Array<number>(values.length).fill(0);
      values.forEach((value, i) => {
        const place = placeOf(i, size);
        const cell = place.map((each, axis) => (axis > 0 && axis < size.length - 1 ? each >> 1 : each));
        if (halves.some((half, axis) => cell[axis + 1] >= half)) return;
        const before = largest.get(String(cell));
        if (before === undefined || value > values[before]) largest.set(String(cell), i);
      });
      for (const i of largest.values()) expected[i] = 1;
      assert.equal([...largest.values()].map((i) => values[i]).sort(), [...y].sort());
      assert.equal(gradient, expected);
    }
  });
}

test('Adam makes the steps of its authors’ algorithm, worked out here in double precision', () => {
  // One weight w, loss (w x - y)², so that the gradient is 2 x (w x - y).
  const net: Network = (x, layers) => layers.tf.mul(x, layers.weight('w', [1], 2));
  const decayed: Network = (x, layers) => layers.tf.matMul(x, layers.weight('w', [1, 1], 'he'));
  for (const [built, decay] of [
    [net, 0.1],
    [decayed, 0.1],
  ] as const) {
    const learner = new TensorFlowLearner({
      backend: cpu,
      network: built,
      shape: [1],
      loss: squaredError,
      seed: 1,
      weightDecay: decay,
    });
    const weight = () => weightsOf(learner)[0];
    let [w, m, v] = [weight(), 0, 0];
    const [x, y, rate] = [1.5, 1, 0.05];
    for (let t = 1; t <= 5; t++) {
      const { loss } = learner.step({ n: 1, inputs: Float32Array.of(x), targets: Float32Array.of(y) }, rate);
      assert.ok(Math.abs(loss - (w * x - y) ** 2) < 1e-5);
      const unclipped = 2 * x * (w * x - y);
      const g = unclipped / Math.max(1, Math.abs(unclipped));
      m = 0.9 * m + 0.1 * g;
      v = 0.999 * v + 0.001 * g * g;
      // What is added is not decayed, what is multiplied is; a weight that begins as a constant counts as added.
      w -=
        rate *
        (m / (1 - 0.9 ** t) / (Math.sqrt(v / (1 - 0.999 ** t)) + 1e-8) + (built === decayed ? decay * w : 0));
      assert.ok(Math.abs(weight() - w) < 1e-5, `step ${t}: ${weight()}, not ${w}`);
    }
    learner.dispose();
  }
});

/** A model with its default settings. */
function byDefault<S>(model: Model<S>, size: Shape): Network {
  return model.build(model.settings.parse({}), size, 2);
}

test('every model takes these volumes, and says so where it can’t', () => {
  for (const model of [cnn3d, residual3d, mlp] as Model[]) {
    const learner = learnerOn('cpu', byDefault(model, shape));
    const { values, loss } = learner.evaluate(batchOf(1));
    assert.is(values.length, 12);
    for (let i = 0; i < 12; i += 2) assert.ok(Math.abs(values[i] + values[i + 1] - 1) < 1e-6);
    assert.ok(loss > 0);
    learner.dispose();
  }
  for (const model of [cnn3d, residual3d] as Model[]) {
    assert.throws(() => byDefault(model, [8, 8, 4, 2]), /at least 8 voxels along each axis/);
  }
});

test('a state of another network is refused', () => {
  const [one, other] = [learnerOn('cpu'), learnerOn('cpu', mlp.build(mlp.settings.parse({}), shape, 2))];
  assert.throws(() => one.restore(other.save()), /another network/);
  for (const each of [one, other]) each.dispose();
});

test('dropout leaves out its share in training alone, and keeps the mean', () => {
  let seen: number[] = [];
  const net: Network = (x, layers) => {
    const y = layers.dropout(layers.tf.add(layers.tf.mul(x, layers.weight('w', [1], 0)), 1), 0.25);
    seen = [...y.dataSync()];
    return y;
  };
  const learner = new TensorFlowLearner({
    backend: cpu,
    network: net,
    shape: [1000],
    loss: squaredError,
    seed: 1,
    weightDecay: 0,
  });
  const batch = { n: 10, inputs: new Float32Array(10_000), targets: new Float32Array(10_000) };
  learner.evaluate(batch);
  assert.is(seen.filter((value) => value !== 1).length, 0);
  learner.step(batch, 0);
  const out = seen.filter((value) => value === 0).length;
  // Binomial: standard deviation sqrt(10,000 x .25 x .75) = 43.
  assert.ok(Math.abs(out - 2500) < 4 * 43.4, `${out}`);
  assert.ok(seen.every((value) => value === 0 || Math.abs(value - 4 / 3) < 1e-6));
  learner.dispose();
});

test('begin takes the weights of a state and starts the optimiser anew', () => {
  const [trained, moved] = [learnerOn('cpu'), learnerOn('cpu')];
  for (let step = 0; step < 3; step++) trained.step(batchOf(step), 0.01);
  for (let step = 0; step < 2; step++) moved.step(batchOf(step + 9), 0.01);
  moved.begin(trained.save());
  const { steps, weights } = JSON.parse(new TextDecoder().decode(moved.save().get('learner.json'))) as {
    steps: number;
    weights: { shape: number[] }[];
  };
  assert.is(steps, 0);
  // A weight is followed by Adam's two moments of it.
  let rest = weightsOf(moved);
  for (const { shape: size } of weights) {
    const count = size.reduce((product, each) => product * each, 1);
    assert.ok(rest.subarray(count, 3 * count).every((moment) => moment === 0));
    rest = rest.subarray(3 * count);
  }
  assert.equal(moved.evaluate(batchOf(4)), trained.evaluate(batchOf(4)));
  for (const [record, why] of [
    ['{"steps":3,"weights":[]}', /another network/],
    ['{}', /learner\.json of a stored result: steps: /],
  ] as const)
    assert.throws(() => moved.begin(new Map([['learner.json', new TextEncoder().encode(record)]])), why);
  for (const each of [trained, moved]) each.dispose();
});

test.run();
