import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { VoxelRandom } from '../../src/random/voxel-random.ts';
import { EffectiveSize } from '../../src/solvers/effective-size.ts';

const test = suite('solvers/effective-size');

const size = new EffectiveSize();
const random = new VoxelRandom(8);
random.begin(Float64Array.of(1), 0, 1);

/** x_t = r x_{t-1} + e_t, which is worth n (1 - r) / (1 + r) independent draws. */
function autoregressive(r: number, n: number): Float64Array {
  const chain = new Float64Array(n);
  let x = random.gaussian() / Math.sqrt(1 - r * r);
  for (let t = 0; t < n; t++) chain[t] = x = r * x + random.gaussian();
  return chain;
}

for (const [r, n] of [
  [0.5, 1000],
  [0.9, 1600],
  [0.95, 25_600],
  [0.99, 25_600],
] as const) {
  test(`a chain of ${n} values with correlation ${r} between neighbours is worth n (1 - r) / (1 + r)`, () => {
    const known = (n * (1 - r)) / (1 + r);
    const found = Array.from({ length: 40 }, () => size.of(autoregressive(r, n), n));
    const mean = found.reduce((sum, each) => sum + each, 0) / found.length;
    assert.ok(Math.abs(mean / known - 1) < 0.15, `${mean}, known ${known}`);
  });
}

test('draws without correlation are worth their number, up to 1,024, and a chain at rest one', () => {
  const found = size.of(autoregressive(0, 1000), 1000);
  assert.ok(found > 800 && found <= 1000, `${found}`);
  assert.ok(size.of(autoregressive(0, 100_000), 100_000) <= 1024);
  assert.is(size.of(new Float64Array(500).fill(3), 500), 1);
});

test('values behind the first n do not count', () => {
  const chain = autoregressive(0.8, 2000);
  const before = size.of(chain, 1000);
  chain.fill(1e6, 1000);
  assert.is(size.of(chain, 1000), before);
});

test.run();
