import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { DenseNetwork } from '../../../src/nets/engine.ts';
import { initialWeights } from '../../../src/nets/initialise.ts';
import { Whitening } from '../../../src/fitters/posterior-net/whitening.ts';
import { QuickRandom } from '../../../src/random/quick-random.ts';
import { twin } from '../../nets/fused-engines.ts';

const test = suite('whitening of inputs');

const WIDTH = 4;
const N = 2000;

/** Correlated, of very different sizes, with means far from 0; the last never varies. */
const rows = new Float64Array(N * WIDTH);
const normal = new Float64Array(3 * N);
new QuickRandom(1).fillGaussian(normal);
for (let i = 0; i < N; i++) {
  const [a, b, c] = normal.subarray(3 * i, 3 * i + 3);
  rows.set([5 + a, 100 * (a + 0.1 * b) - 300, 1e-4 * (c - b), 7], WIDTH * i);
}
const whitening = new Whitening(rows, WIDTH);
const white = new Float32Array(rows.length);
for (let i = 0; i < N; i++) whitening.apply(rows.subarray(WIDTH * i, WIDTH * (i + 1)), white, WIDTH * i);

test('inputs get mean 0, variance 1 and no correlation; one that never varies stays 0', () => {
  const average = (of: (i: number) => number) => {
    let sum = 0;
    for (let i = 0; i < N; i++) sum += of(WIDTH * i);
    return sum / N;
  };
  for (let j = 0; j < WIDTH; j++) {
    assert.ok(Math.abs(average((at) => white[at + j])) < 1e-5);
    for (let k = 0; k <= j; k++) {
      const expected = j === k && j < 3 ? 1 : 0;
      assert.ok(Math.abs(average((at) => white[at + j] * white[at + k]) - expected) < 1e-4, `${j}, ${k}`);
    }
  }
});

test('in the first layer of a network it does the same', () => {
  const network: DenseNetwork = {
    inputs: WIDTH,
    hidden: [5],
    activation: 'silu',
    outputs: 2,
    head: { kind: 'linear' },
  };
  const weights = initialWeights(network, 3);
  const [expected, found] = [new Float32Array(2 * N), new Float32Array(2 * N)];
  twin.use(network, weights).predict(white, N, expected);
  twin.use(network, whitening.intoFirstLayer(weights)).predict(Float32Array.from(rows), N, found);
  expected.forEach((value, i) => assert.ok(Math.abs(found[i] - value) < 2e-3, `${found[i]}, not ${value}`));
});

test.run();
