import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Activation, Head, Loss } from '../../src/nets/engine.ts';
import { skip } from '../skip.ts';
import { caseOf, farthest, flat, largest } from './fused-cases.ts';
import type { Case } from './fused-cases.ts';
import { twin } from './fused-engines.ts';
import { parityInputs, parityOptions } from './fused-parity-case.ts';
import { regularisedCase } from './regularised-cases.ts';
import { tensorFlowEngines } from './tensorflow-engines.ts';

const test = suite('what an engine on TensorFlow promises');

const anyCase: fc.Arbitrary<Case> = fc.record({
  seed: fc.integer({ min: 1, max: 1e9 }),
  inputs: fc.integer({ min: 1, max: 11 }),
  hidden: fc.array(fc.integer({ min: 1, max: 21 }), { maxLength: 3 }),
  activation: fc.constantFrom<Activation>('elu', 'relu', 'silu'),
  head: fc.constantFrom<Head['kind']>('linear', 'abs', 'sigmoid'),
  loss: fc.constantFrom<Loss['kind']>('rebuild', 'squared', 'weighted', 'rebuild-s0'),
  batch: fc.integer({ min: 2, max: 150 }),
});
const firstBatch = parityInputs.subarray(0, 128 * 7);

for (const candidate of tensorFlowEngines) {
  if ('missing' in candidate) {
    skip(test, `${candidate.name}: invariants`, candidate.missing);
    continue;
  }
  const { name, engine } = candidate;

  test(`${name}: loss and gradients of any network are those of the plain JavaScript kernel`, () => {
    fc.assert(
      fc.property(anyCase, (c) => {
        const { options, x, target } = caseOf(c);
        const [one, other] = [engine.train(options), twin.train(options)];
        one.step(x, target);
        other.step(x, target);
        const expected = flat(other.gradients());
        assert.ok(farthest(flat(one.gradients()), expected) <= 1e-5 * largest(expected) + 1e-8);
        const loss = other.takeLoss();
        assert.ok(Math.abs(one.takeLoss() - loss) <= 1e-5 * loss);
        one.dispose();
      }),
      { seed: 4, numRuns: 40 },
    );
  });

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
        predictor.dispose();
      }),
      { seed: 5, numRuns: 8 },
    );
  });

  test(`${name}: more rows than one block, and none`, () => {
    const predictor = engine.use(parityOptions.network, parityOptions.weights);
    const n = 5000;
    const x = Float32Array.from({ length: n * 7 }, (_, i) => parityInputs[i % parityInputs.length]);
    const out = new Float32Array(n * 3);
    predictor.predict(x, n, out);
    const period = parityInputs.length / 7;
    assert.equal(out.slice(3 * period, 6 * period), out.slice(0, 3 * period));
    assert.equal(out.slice(-3), out.slice(((n - 1) % period) * 3, ((n - 1) % period) * 3 + 3));
    predictor.predict(new Float32Array(0), 0, new Float32Array(0));
  });

  test(`${name}: a thousand steps and predictions leave no tensor behind`, () => {
    const before = tf.memory().numTensors;
    const trainer = engine.train({ ...parityOptions, batch: 16 });
    const predictor = engine.use(parityOptions.network, parityOptions.weights);
    const x = parityInputs.subarray(0, 16 * 7);
    trainer.step(x);
    const during = tf.memory().numTensors;
    for (let step = 0; step < 1000; step++) trainer.step(x);
    for (let call = 0; call < 10; call++) predictor.predict(x, 16, new Float32Array(48));
    assert.is(tf.memory().numTensors, during);
    trainer.dispose();
    predictor.dispose();
    assert.is(tf.memory().numTensors, before);
  });

  test(`${name}: losses add up until they are taken, and a learning rate of 0 stands still`, () => {
    const trainer = engine.train(parityOptions);
    trainer.setLearningRate(0);
    trainer.step(firstBatch);
    const once = trainer.takeLoss();
    trainer.step(firstBatch);
    trainer.step(firstBatch);
    assert.is(trainer.takeLoss(), 2 * once);
    assert.is(trainer.takeLoss(), 0);
    assert.equal(flat(trainer.weights()), flat(parityOptions.weights));
  });

  test(`${name}: the batch and the weights it is given stay as they are`, () => {
    const x = firstBatch.slice();
    const weights = flat(parityOptions.weights);
    const trainer = engine.train(parityOptions);
    trainer.step(x);
    const copy = trainer.weights();
    const kept = flat(copy);
    trainer.step(x);
    assert.equal(x, firstBatch.slice());
    assert.equal(flat(parityOptions.weights), weights);
    assert.equal(flat(copy), kept);
    assert.not.equal(flat(trainer.weights()), kept);
  });

  test(`${name}: branches, batch normalisation and dropout are used, not trained`, () => {
    const c = { seed: 3, inputs: 6, hidden: [7, 5], branches: 3, outputsEach: 2, batch: 40 } as const;
    const { options, x } = regularisedCase({ ...c, activation: 'elu', batchNorm: true, dropout: 0.2 });
    const { network, weights } = options;
    const [found, expected] = [new Float32Array(40 * 6), new Float32Array(40 * 6)];
    engine.use(network, weights).predict(x, 40, found);
    twin.use(network, weights).predict(x, 40, expected);
    assert.ok(farthest(found, expected) < 5e-6);
    assert.throws(() => engine.train(options), /do not train them: choose engine auto or fused/);
  });

  test(`${name}: misuse is refused`, () => {
    const { network, weights } = parityOptions;
    assert.throws(
      () => engine.use(network, weights).predict(new Float32Array(7), 2, new Float32Array(6)),
      /2 voxels/,
    );
    assert.throws(() => engine.use(network, weights.slice(1)), /are needed/);
    assert.throws(() => engine.train({ ...parityOptions, batch: 0 }), /batch of 0/);
    assert.throws(() => engine.train(parityOptions).step(new Float32Array(7)), /128 x 7/);
  });
}

test('engines can be used in turns', () => {
  const engines = tensorFlowEngines.flatMap((candidate) => ('engine' in candidate ? [candidate.engine] : []));
  const trainers = engines.map((engine) => engine.train(parityOptions));
  for (let step = 0; step < 3; step++) for (const trainer of trainers) trainer.step(firstBatch);
  const [expected, ...others] = trainers.map((trainer) => flat(trainer.weights()));
  for (const found of others) assert.ok(farthest(found, expected) < 1e-6);
});

test.run();
