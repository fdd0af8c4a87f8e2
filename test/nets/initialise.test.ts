import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { initialWeights } from '../../src/nets/initialise.ts';
import type { DenseNetwork } from '../../src/nets/engine.ts';

/** PyTorch's `nn.Linear.reset_parameters`: weights and biases uniform in ±1/sqrt(fan-in). */
const test = suite('initial weights');

const network: DenseNetwork = {
  inputs: 100,
  hidden: [400, 25],
  activation: 'elu',
  outputs: 50,
  head: { kind: 'linear' },
};

test('have the sizes of the layers and fill ±1/sqrt(fan-in) evenly', () => {
  const layers = initialWeights(network, 7);
  assert.equal(
    layers.map(({ weight, bias }) => [weight.length, bias.length]),
    [
      [400 * 100, 400],
      [25 * 400, 25],
      [50 * 25, 50],
    ],
  );
  [100, 400, 25].forEach((fanIn, i) => {
    const bound = Math.fround(1 / Math.sqrt(fanIn));
    const { weight, bias } = layers[i];
    assert.ok([...weight, ...bias].every((value) => Math.abs(value) <= bound));
    // Mean and variance of a uniform distribution, within five standard errors.
    const n = weight.length;
    const mean = weight.reduce((sum, value) => sum + value, 0) / n / bound;
    const variance = weight.reduce((sum, value) => sum + value * value, 0) / n / bound ** 2;
    assert.ok(Math.abs(mean) < 5 * Math.sqrt(1 / 3 / n), `mean ${mean}`);
    assert.ok(Math.abs(variance - 1 / 3) < 5 * Math.sqrt(4 / 45 / n), `variance ${variance}`);
    assert.ok(Math.max(...bias.map(Math.abs)) > 0.8 * bound, 'biases are not small');
  });
});

test('are decided by the seed', () => {
  assert.equal(initialWeights(network, 7), initialWeights(network, 7));
  assert.not.equal(initialWeights(network, 7), initialWeights(network, 8));
});

test.run();
