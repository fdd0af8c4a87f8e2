import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { DenseNetwork } from '../../src/nets/engine.ts';
import { HeldOutLoss, splitRows, trainHeldOut } from '../../src/nets/train-held-out.ts';
import type { HeldOutPlan } from '../../src/nets/train-held-out.ts';
import { initialWeights } from '../../src/nets/initialise.ts';
import { ShuffledBatches } from '../../src/nets/shuffled-batches.ts';
import { noise } from './fused-cases.ts';
import { simd, twin } from './fused-engines.ts';

const test = suite('training judged by voxels held out');

/** Row i holds i and -i, its targets 2 i: a torn row shows. */
const numbered = (n: number) => ({
  n,
  inputs: 2,
  values: Float32Array.from({ length: 2 * n }, (_, i) => (i % 2 ? -1 : 1) * Math.floor(i / 2)),
  targets: Float32Array.from({ length: n }, (_, i) => 2 * i),
});

test('every voxel is either learnt from or held out, whole, and batches hold only the former', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 10, max: 400 }),
      fc.double({ min: 0.2, max: 0.95, noNaN: true }),
      fc.nat(),
      (n, share, seed) => {
        const { learnt, heldOut } = splitRows(numbered(n), share, seed);
        assert.is(learnt.n, Math.floor(n * share));
        const of = ({ values }: typeof learnt) => [...values].filter((_, i) => i % 2 === 0);
        assert.equal(
          [...of(learnt), ...of(heldOut)].sort((a, b) => a - b),
          Array.from({ length: n }, (_, i) => i),
        );
        const batches = new ShuffledBatches(learnt, 3, seed);
        const held = new Set(of(heldOut));
        for (let epoch = 0; epoch < 3; epoch++) {
          batches.shuffle();
          for (let i = 0; i < batches.count; i++) {
            const [x, targets] = [batches.take(i), batches.takeTargets(i)!];
            for (let row = 0; row < 3; row++) {
              assert.not(held.has(x[2 * row]));
              assert.equal([x[2 * row + 1], targets[row]], [-x[2 * row], 2 * x[2 * row]]);
            }
          }
        }
      },
    ),
    { seed: 1, numRuns: 60 },
  );
});

const bValues = Float64Array.of(0, 20, 60, 150, 500);
const network: DenseNetwork = {
  inputs: 5,
  hidden: [5],
  activation: 'elu',
  outputs: 4,
  head: { kind: 'sigmoid', low: [0.005, 0, 0, 0], high: [0.2, 0.005, 0.7, 2] },
  branches: 4,
  batchNorm: true,
  dropout: [0.1],
};
const next = noise(8);
const signals = (n: number) =>
  Float32Array.from({ length: 5 * n }, (_, i) => Math.exp(-bValues[i % 5] * 0.002) + 0.05 * next());
const rows = splitRows({ n: 700, inputs: 5, values: signals(700) }, 0.8, 4);
const plan: HeldOutPlan = {
  network,
  weights: initialWeights(network, 3),
  loss: { kind: 'rebuild-s0', bValues, consistency: 1, supervision: [] },
  rows,
  batch: 64,
  iterations: 500,
  epochs: 30,
  patience: 4,
  adam: { learningRate: 3e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  seed: 6,
};

test('the loss on voxels held out is the mean squared difference, worked out here', () => {
  const supervision = [3, 100, 2, 1];
  const targets = Float32Array.from({ length: 4 * rows.heldOut.n }, (_, i) => 0.1 * (i % 4));
  const loss = { ...plan.loss, consistency: 0.5, supervision } as const;
  const predictor = simd.use(network, plan.weights);
  const { n, values } = rows.heldOut;
  const out = new Float32Array(4 * n);
  predictor.predict(values, n, out);
  let expected = 0;
  for (let i = 0; i < n; i++) {
    const [Dp, D, f, S0] = out.subarray(4 * i, 4 * i + 4);
    bValues.forEach((b, k) => {
      const rebuilt = S0 * (f * Math.exp(-b * Dp) + (1 - f) * Math.exp(-b * D));
      expected += (0.5 * (rebuilt - values[5 * i + k]) ** 2) / 5 / n;
    });
    supervision.forEach((w, o) => (expected += (w * (out[4 * i + o] - targets[4 * i + o]) ** 2) / n));
  }
  const found = new HeldOutLoss(loss, { ...rows.heldOut, targets }).of(predictor);
  assert.ok(Math.abs(found / expected - 1) < 1e-9, `${found}, not ${expected}`);
});

for (const engine of [twin, simd]) {
  test(`${engine.description}: keeps the weights of the lowest loss, and stops when it no longer falls`, async () => {
    const told: number[] = [];
    const { losses, best, bestEpoch, stoppedBy, last } = await trainHeldOut(engine, {
      ...plan,
      epochs: 400,
      onEpoch: ({ loss }) => told.push(loss),
    });
    assert.is(stoppedBy, 'patience');
    assert.is(losses.length, bestEpoch + 4);
    assert.equal(
      told,
      losses.map(({ loss }) => loss),
    );
    const lowest = Math.min(...told);
    assert.is(told[bestEpoch - 1], lowest);
    assert.ok(lowest < 0.5 * told[0]);
    const lossOf = (weights: typeof best) =>
      new HeldOutLoss(plan.loss, rows.heldOut).of(engine.use(network, weights));
    assert.is(lossOf(best), lowest);
    assert.ok(lossOf(last) > lowest);
  });

  test(`${engine.description}: the same plan gives the same weights, another seed others`, async () => {
    const brief = { ...plan, epochs: 2 };
    const [one, again] = [await trainHeldOut(engine, brief), await trainHeldOut(engine, brief)];
    assert.equal(one.last, again.last);
    assert.not.equal((await trainHeldOut(engine, { ...brief, seed: 7 })).last, one.last);
  });
}

test('an epoch has no more steps than it is given, voxels that fill no batch are refused', async () => {
  const steps: number[] = [];
  const counting = {
    ...twin,
    train: (options: Parameters<typeof twin.train>[0]) => {
      const trainer = twin.train(options);
      let count = 0;
      return Object.assign(Object.create(trainer) as typeof trainer, {
        step: (x: Float32Array) => (count++, trainer.step(x)),
        weights: () => (steps.push(count), trainer.weights()),
        takeLoss: () => trainer.takeLoss(),
        dispose: () => trainer.dispose(),
      });
    },
  };
  await trainHeldOut(counting, { ...plan, iterations: 3, epochs: 2 });
  assert.equal([...new Set(steps)], [3, 6]);
  try {
    await trainHeldOut(twin, { ...plan, batch: 600 });
    assert.unreachable('a batch larger than the voxels');
  } catch (error) {
    assert.match((error as Error).message, /560 voxels do not fill one batch of 600/);
  }
});

test.run();
