import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Activation, Head, Loss } from '../../src/nets/engine.ts';
import { caseOf, farthest, flat, largest } from './fused-cases.ts';
import type { Case } from './fused-cases.ts';
import { engines } from './fused-engines.ts';
import { parityInputs, parityOptions } from './fused-parity-case.ts';

const test = suite('what a fused kernel promises');

const anyCase: fc.Arbitrary<Case> = fc.record({
  seed: fc.integer({ min: 1, max: 1e9 }),
  inputs: fc.integer({ min: 1, max: 11 }),
  hidden: fc.array(fc.integer({ min: 1, max: 21 }), { maxLength: 3 }),
  activation: fc.constantFrom<Activation>('elu', 'relu', 'silu'),
  head: fc.constantFrom<Head['kind']>('linear', 'abs', 'sigmoid'),
  loss: fc.constantFrom<Loss['kind']>('rebuild', 'squared', 'weighted', 'rebuild-s0'),
  batch: fc.integer({ min: 2, max: 150 }),
});
const runs = { seed: 4, numRuns: 30 };

for (const engine of engines) {
  const name = engine.description;

  test(`${name}: a row's prediction is the same, bit for bit, whatever the other rows are`, () => {
    fc.assert(
      fc.property(anyCase, fc.nat(), (c, pick) => {
        const { options, x } = caseOf(c);
        const { inputs, outputs } = options.network;
        const predictor = engine.use(options.network, options.weights);
        const together = new Float32Array(c.batch * outputs);
        predictor.predict(x, c.batch, together);
        const row = pick % c.batch;
        const alone = new Float32Array(outputs);
        predictor.predict(x.slice(row * inputs, (row + 1) * inputs), 1, alone);
        assert.equal(alone, together.slice(row * outputs, (row + 1) * outputs));
      }),
      runs,
    );
  });

  test(`${name}: rows beyond one call of the kernel, and rows that are not numbers`, () => {
    const predictor = engine.use(parityOptions.network, parityOptions.weights);
    const n = 2500;
    const x = Float32Array.from({ length: n * 7 }, (_, i) => parityInputs[i % parityInputs.length]);
    const clean = new Float32Array(n * 3);
    predictor.predict(x, n, clean);
    const bad = [0, 5, 1027, 2499];
    bad.forEach((row, k) => x.fill([NaN, Infinity, -Infinity, NaN][k], row * 7, row * 7 + 2));
    const out = new Float32Array(n * 3);
    predictor.predict(x, n, out);
    assert.ok([0, 2499].every((row) => out.subarray(row * 3, row * 3 + 3).every(Number.isNaN)));
    for (const row of bad) out.set(clean.subarray(row * 3, row * 3 + 3), row * 3);
    assert.equal(out, clean);
  });

  test(`${name}: a batch's gradient is the mean of its voxels' gradients`, () => {
    fc.assert(
      fc.property(anyCase, (c) => {
        const few = { ...c, batch: 1 + (c.batch % 11) };
        const { options, x, target } = caseOf(few);
        const { inputs } = options.network;
        const whole = engine.train(options);
        whole.step(x, target);
        const gradient = flat(whole.gradients());
        const mean = gradient.map(() => 0);
        let loss = 0;
        for (let v = 0; v < few.batch; v++) {
          const one = engine.train({ ...options, batch: 1 });
          const width = (target?.length ?? 0) / few.batch;
          const ofTarget = target?.slice(v * width, (v + 1) * width);
          one.step(x.slice(v * inputs, (v + 1) * inputs), ofTarget);
          flat(one.gradients()).forEach((g, i) => (mean[i] += g / few.batch));
          loss += one.takeLoss() / few.batch;
        }
        assert.ok(farthest(gradient, mean) <= 5e-6 * largest(mean) + 1e-9);
        assert.ok(Math.abs(whole.takeLoss() - loss) <= 3e-6 * loss);
      }),
      runs,
    );
  });

  test(`${name}: the same inputs give the same weights bit for bit, and inputs stay as they are`, () => {
    const c: Case = {
      seed: 3,
      inputs: 5,
      hidden: [9, 6],
      activation: 'silu',
      head: 'sigmoid',
      loss: 'squared',
      batch: 77,
    };
    const { options, x, target } = caseOf(c);
    const before = x.slice();
    const weightsBefore = flat(options.weights);
    const train = () => {
      const trainer = engine.train(options);
      for (let step = 0; step < 20; step++) trainer.step(x, target);
      return { weights: trainer.weights(), loss: trainer.takeLoss() };
    };
    assert.equal(train(), train());
    assert.equal(x, before);
    assert.equal(flat(options.weights), weightsBefore);
  });

  test(`${name}: losses add up until they are taken, and a learning rate of 0 stands still`, () => {
    const trainer = engine.train(parityOptions);
    const x = parityInputs.subarray(0, 128 * 7);
    trainer.setLearningRate(0);
    trainer.step(x);
    const once = trainer.takeLoss();
    trainer.step(x);
    trainer.step(x);
    assert.is(trainer.takeLoss(), 2 * once);
    assert.is(trainer.takeLoss(), 0);
    assert.equal(flat(trainer.weights()), flat(parityOptions.weights));
  });

  test(`${name}: a batch with a voxel that is not a number spoils the weights openly`, () => {
    const trainer = engine.train(parityOptions);
    const x = parityInputs.slice(0, 128 * 7);
    x[500] = NaN;
    trainer.step(x);
    assert.ok(Number.isNaN(trainer.takeLoss()));
    assert.ok(flat(trainer.weights()).every(Number.isNaN));
  });

  test(`${name}: units that no voxel excites keep their weights`, () => {
    const dead = parityOptions.weights.map(({ weight, bias }, l) => ({
      weight,
      bias: l < 3 ? bias.map(() => -50) : bias,
    }));
    const network = { ...parityOptions.network, activation: 'relu' } as const;
    const trainer = engine.train({ ...parityOptions, network, weights: dead });
    for (let step = 0; step < 5; step++) trainer.step(parityInputs.subarray(0, 128 * 7));
    assert.equal(trainer.weights().slice(0, 3), dead.slice(0, 3));
    assert.not.equal(trainer.weights()[3].bias, dead[3].bias);
  });

  test(`${name}: an absolute value is flat at 0`, () => {
    const weights = [{ weight: new Float32Array(6), bias: new Float32Array(3) }];
    const loss = { kind: 'squared', weights: [1, 1, 1] } as const;
    const slopes = (['abs', 'linear'] as const).map((kind) => {
      const network = { ...parityOptions.network, inputs: 2, hidden: [], head: { kind } };
      const trainer = engine.train({ ...parityOptions, network, weights, loss, batch: 1 });
      trainer.step(Float32Array.of(1, 1), Float32Array.of(1, 2, 3));
      return trainer.gradients()[0].bias;
    });
    assert.equal(slopes[0], Float32Array.of(0, 0, 0));
    assert.ok(farthest(slopes[1], [-2 / 3, -4 / 3, -2]) < 1e-6);
  });

  test(`${name}: many trainers and predictors at once`, () => {
    const x = parityInputs.subarray(0, 128 * 7);
    const trainers = Array.from({ length: 300 }, () => engine.train(parityOptions));
    for (const trainer of trainers) trainer.step(x);
    assert.is(new Set(trainers.map((trainer) => trainer.takeLoss())).size, 1);
  });

  test(`${name}: misuse is refused`, () => {
    const { network, weights } = parityOptions;
    const predictor = engine.use(network, weights);
    predictor.predict(new Float32Array(0), 0, new Float32Array(0));
    assert.throws(() => predictor.predict(new Float32Array(7), 2, new Float32Array(6)), /2 voxels/);
    assert.throws(() => engine.use(network, weights.slice(1)), /3 layers of weights for a network of 4/);
    assert.throws(() => engine.use({ ...network, hidden: [7, 0, 7] }, weights), /7-7-0-7-3 units/);
    assert.throws(
      () => engine.use({ ...network, hidden: [7, 8, 7] }, weights),
      /layer 1 needs 8 x 7 weights/,
    );
    assert.throws(() => engine.train({ ...parityOptions, batch: 0 }), /batch of 0/);
    assert.throws(() => engine.train(parityOptions).step(new Float32Array(7)), /128 x 7/);
    const fewer = { kind: 'rebuild', bValues: Float64Array.of(10, 20) } as const;
    assert.throws(() => engine.train({ ...parityOptions, loss: fewer }), /2 b-values for 7 inputs/);
    const squared = { kind: 'squared', weights: [1, 1, 1] } as const;
    const supervised = engine.train({ ...parityOptions, loss: squared });
    assert.throws(() => supervised.step(new Float32Array(128 * 7)), /targets must be 128 x 3/);
    const mean = { kind: 'mean' } as const;
    const withWeights = engine.train({
      ...parityOptions,
      loss: { kind: 'weighted', outputs: [mean, mean, mean] },
    });
    assert.throws(
      () => withWeights.step(new Float32Array(128 * 7), new Float32Array(128 * 3)),
      /targets must be 128 x 6/,
    );
    const asked = (level: number, smoothing: number) => () => {
      const quantile = { kind: 'quantile', level, smoothing } as const;
      return engine.train({ ...parityOptions, loss: { kind: 'weighted', outputs: [mean, mean, quantile] } });
    };
    assert.throws(asked(1, 0.1), /level 1; above 0 and below 1/);
    assert.throws(asked(0.5, 0), /smoothed over 0; a positive number/);
    assert.throws(
      () => engine.train({ ...parityOptions, loss: { kind: 'weighted', outputs: [mean] } }),
      /1 kinds of output in the loss for 3 outputs/,
    );
    const head = { kind: 'sigmoid', low: [0], high: [1] } as const;
    assert.throws(() => engine.use({ ...network, head }, weights), /3 lower and 3 upper/);
  });
}

test.run();
