import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { DenseLayer } from '../../src/nets/engine.ts';
import { loadFusedEngine } from '../../src/nets/fused/load.ts';
import { farthest, flat } from './fused-cases.ts';
import { engines, fusing, simd } from './fused-engines.ts';
import { parity, parityBatch, parityInputs, parityLayers, parityOptions } from './fused-parity-case.ts';

/** Numbers of PyTorch in float64; the inputs and starting weights were rounded to float32 on their way here. */
const test = suite('the study network against PyTorch');
const width = parityBatch * 7;
const batchOf = (step: number) => parityInputs.subarray(step * width, (step + 1) * width);

for (const engine of engines) {
  const name = engine.description;

  test(`${name}: outputs`, () => {
    const out = new Float32Array(9);
    engine.use(parityOptions.network, parityOptions.weights).predict(parityInputs, 3, out);
    assert.ok(farthest(out, parity.first_batch.params_first3.flat()) < 2e-7);
  });

  test(`${name}: gradients of the first batch`, () => {
    const trainer = engine.train(parityOptions);
    trainer.step(batchOf(0));
    const expected = flat(parityLayers(parity.first_batch.gradients));
    assert.ok(farthest(flat(trainer.gradients()), expected) < 2e-7);
  });

  test(`${name}: ten Adam losses, and the weights after them`, () => {
    const trainer = engine.train(parityOptions);
    parity.adam_losses.forEach((expected, step) => {
      trainer.step(batchOf(step));
      const loss = trainer.takeLoss();
      assert.ok(Math.abs(loss / expected - 1) < 1e-6, `step ${step}: ${loss}, not ${expected}`);
    });
    const expected: DenseLayer[] = parityLayers(parity.weights_after_10_steps);
    assert.ok(farthest(flat(trainer.weights()), flat(expected)) < 5e-7);
  });
}

test('fused multiply-add serves a network in use, and leaves training as it is bit for bit', () => {
  if (!fusing) return;
  const [plain, other] = [simd.train(parityOptions), fusing.train(parityOptions)];
  for (let step = 0; step < 10; step++) [plain, other].forEach((trainer) => trainer.step(batchOf(step)));
  assert.equal(flat(other.weights()), flat(plain.weights()));
  const outputs = [simd, fusing].map((engine) => {
    const out = new Float32Array(parityBatch * 3);
    engine.use(parityOptions.network, parityOptions.weights).predict(batchOf(0), parityBatch, out);
    return out;
  });
  assert.not.equal(outputs[0], outputs[1]);
});

test('the loader chooses SIMD, and less where it is told to', async () => {
  const described = async (variable?: string) => {
    if (variable) process.env[variable] = '1';
    const { name, description } = await loadFusedEngine();
    if (variable) delete process.env[variable];
    return [name, description];
  };
  const inUse = fusing ? ', in use with fused multiply-add' : '';
  assert.equal(await described(), ['fused', `fused WASM SIMD${inUse}`]);
  assert.equal(await described('IVIM_BENCH_NO_FMA'), ['fused', 'fused WASM SIMD']);
  assert.equal(await described('IVIM_BENCH_NO_SIMD'), [
    'fused',
    'fused JavaScript (IVIM_BENCH_NO_SIMD is set)',
  ]);
});

test.run();
