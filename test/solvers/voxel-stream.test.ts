import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Distribution, TissuePrior } from '../../src/contracts/fitter.ts';
import { simulatePhantom } from '../../src/data/phantom.ts';
import { biexponential } from '../../src/signal/biexponential.ts';
import { VoxelStream } from '../../src/solvers/voxel-stream.ts';

const test = suite('endless voxels');

const bValues = Float64Array.of(0, 10, 20, 60, 150, 300, 500, 1000);
const tissue: TissuePrior = {
  Dp: { uniform: [0.01, 0.1] },
  D: { uniform: [0.0005, 0.002] },
  f: { uniform: [0.1, 0.4] },
};
const streamOf = (noise: Distribution, n = 200) => new VoxelStream(tissue, noise, n);

test('without noise the signals are the decay of the truth beside them', () => {
  const stream = streamOf({ constant: 0 });
  stream.draw(3, bValues);
  for (let i = 0; i < stream.n; i++) {
    for (let k = 0; k < bValues.length; k++) {
      const expected = biexponential(bValues[k], stream.D[i], stream.f[i], stream.Dp[i]);
      assert.ok(Math.abs(stream.values[i * bValues.length + k] - expected) < 1e-10);
    }
  }
});

test('signals, their spread and their noise level are the phantom’s, to the error of 40,000 voxels', () => {
  const n = 40_000;
  const stream = streamOf({ constant: 0.1 }, n);
  stream.draw(5, bValues);
  const { signals } = simulatePhantom({
    bValues,
    voxels: n,
    S0: 1,
    tissue,
    sigma: { constant: 0.1 },
    seeds: { parameters: 1, noise: 2 },
  });
  const meanAndError = (values: Float64Array, at: number, width: number) => {
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < n; i++) {
      const value = values[i * width + at];
      sum += value;
      squares += value * value;
    }
    const mean = sum / n;
    const variance = squares / n - mean * mean;
    return { mean, variance, error: Math.sqrt(variance / n) };
  };
  const compare = (ours: Float64Array, theirs: Float64Array, at: number, width: number) => {
    const [a, b] = [ours, theirs].map((values) => meanAndError(values, at, width));
    assert.ok(Math.abs(a.mean - b.mean) < 5 * Math.hypot(a.error, b.error), `mean ${at}`);
    assert.ok(Math.abs(a.variance / b.variance - 1) < 0.06, `variance ${at}`);
  };
  for (let k = 1; k < bValues.length; k++) compare(stream.values, signals.values, k, bValues.length);
  compare(stream.sigma, signals.sigma!, 0, 1);
});

test('a seed gives its voxels again, another seed others; the protocol may change', () => {
  const stream = streamOf({ logUniform: [0.01, 0.1] });
  stream.draw(8, bValues);
  const first = stream.values.slice();
  stream.draw(9, bValues);
  assert.not.equal(stream.values, first);
  const fewer = Float64Array.of(0, 50, 800);
  stream.draw(8, fewer);
  assert.is(stream.values.length, 3 * stream.n);
  assert.ok(stream.values.every((value, i) => (i % 3 === 0 ? value === 1 : value >= 0)));
  stream.draw(8, bValues);
  assert.equal(stream.values, first);
});

test.run();
