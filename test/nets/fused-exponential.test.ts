import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { DenseNetwork } from '../../src/nets/engine.ts';
import { exponential } from '../../src/nets/fused/exponential.ts';
import { noise } from './fused-cases.ts';
import { engines, twin } from './fused-engines.ts';

const test = suite('exponentials of the kernels');

test('the twin: 3e-12 of Math.exp everywhere, exact at 0, and its ends', () => {
  const next = noise(9);
  for (let i = 0; i < 20000; i++) {
    const x = (i % 2 ? 599 : 2) * next();
    assert.ok(Math.abs(exponential(x) / Math.exp(x) - 1) < 3e-12, `exp(${x})`);
  }
  assert.is(exponential(0), 1);
  assert.is(exponential(-1e9), 0);
  assert.is(exponential(-Infinity), 0);
  assert.is(exponential(1e9), Infinity);
  assert.ok(Number.isNaN(exponential(NaN)));
});

/** One ELU unit that hands its input on: y = exp(x) - 1 for x below 0. */
const elu: DenseNetwork = { inputs: 1, hidden: [1], activation: 'elu', outputs: 1, head: { kind: 'linear' } };
const pass = { weight: Float32Array.of(1), bias: Float32Array.of(0) };

for (const engine of engines.filter((one) => one !== twin)) {
  test(`${engine.description}: ELU within two roundings of float32`, () => {
    const next = noise(10);
    const x = Float32Array.from({ length: 8192 }, (_, i) => -Math.abs((i % 2 ? 100 : 1) * next()));
    x.set([0, -0, -1e30, -Infinity, 3.5]);
    const y = new Float32Array(x.length);
    engine.use(elu, [pass, pass]).predict(x, x.length, y);
    assert.equal(y.slice(0, 5), Float32Array.of(0, 0, -1, -1, 3.5));
    for (let i = 5; i < x.length; i++)
      assert.ok(Math.abs(y[i] - Math.expm1(x[i])) < 1.2e-7, `elu(${x[i]}) = ${y[i]}`);
  });

  test(`${engine.description}: the sigmoid within three roundings, and flat at its ends`, () => {
    const next = noise(11);
    const x = Float32Array.from({ length: 8192 }, (_, i) => (i % 2 ? 80 : 3) * next());
    x.set([0, 200, -200, Infinity, -Infinity, NaN]);
    const y = new Float32Array(x.length);
    const network: DenseNetwork = { ...elu, hidden: [], head: { kind: 'sigmoid', low: [0], high: [1] } };
    engine.use(network, [pass]).predict(x, x.length, y);
    assert.equal(y.slice(0, 5), Float32Array.of(0.5, 1, 0, 1, 0));
    assert.ok(Number.isNaN(y[5]));
    for (let i = 6; i < x.length; i++) {
      const expected = 1 / (1 + Math.exp(-x[i]));
      assert.ok(Math.abs(y[i] / expected - 1) < 4e-7, `sigmoid(${x[i]}) = ${y[i]}`);
    }
  });
}

test.run();
