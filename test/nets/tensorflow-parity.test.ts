import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { DenseWeights } from '../../src/nets/engine.ts';
import { skip } from '../skip.ts';
import { parity, parityBatch, parityInputs, parityLayers, parityOptions } from './fused-parity-case.ts';
import { tensorFlowEngines } from './tensorflow-engines.ts';

/** Numbers of PyTorch in float64; 1e-4 relative is what float32 is asked to keep, in every single number. */
const test = suite('the study network through TensorFlow against PyTorch');
const width = parityBatch * 7;
const batchOf = (step: number) => parityInputs.subarray(step * width, (step + 1) * width);
const numbers = (weights: DenseWeights) => weights.flatMap(({ weight, bias }) => [...weight, ...bias]);

function assertRelative(found: readonly number[], expected: readonly number[], tolerance: number): void {
  assert.is(found.length, expected.length);
  expected.forEach((value, i) => {
    const error = Math.abs(found[i] / value - 1);
    assert.ok(error < tolerance, `number ${i}: ${found[i]}, not ${value} (relative ${error})`);
  });
}

for (const candidate of tensorFlowEngines) {
  if ('missing' in candidate) {
    skip(test, `${candidate.name}: parity with PyTorch`, candidate.missing);
    continue;
  }
  const { name, engine } = candidate;

  test(`${name}: outputs of the first voxels`, () => {
    const out = new Float32Array(9);
    engine.use(parityOptions.network, parityOptions.weights).predict(parityInputs, 3, out);
    assertRelative([...out], parity.first_batch.params_first3.flat(), 1e-4);
  });

  test(`${name}: the weights it starts from`, () => {
    const weights = numbers(engine.train(parityOptions).weights());
    assert.equal(weights, numbers(parityOptions.weights));
  });

  test(`${name}: gradients of the first batch`, () => {
    const trainer = engine.train(parityOptions);
    trainer.step(batchOf(0));
    const expected = numbers(parityLayers(parity.first_batch.gradients));
    assertRelative(numbers(trainer.gradients()), expected, 1e-4);
  });

  test(`${name}: ten Adam losses, and the weights after them`, () => {
    const trainer = engine.train(parityOptions);
    const losses = parity.adam_losses.map((_, step) => {
      trainer.step(batchOf(step));
      return trainer.takeLoss();
    });
    assertRelative(losses, parity.adam_losses, 1e-6);
    assertRelative(numbers(trainer.weights()), numbers(parityLayers(parity.weights_after_10_steps)), 1e-4);
  });
}

test.run();
