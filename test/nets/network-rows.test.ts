import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Signals } from '../../src/contracts/voxels.ts';
import { isUsable, networkRows } from '../../src/nets/network-rows.ts';

const test = suite('network-rows');
const rows = [
  [1, 0.5, 0.25],
  [1, NaN, 0.25],
  // Finite, but not as float32: a b=0 mean of 1e-37 gives such.
  [1, 1e39, 0.25],
  [1, -1e39, 0.25],
  [1, 1e30, 0.25],
  [1, 0.75, 0.5],
];
const signals: Signals = {
  bValues: Float64Array.of(0, 100, 1000),
  n: rows.length,
  values: Float64Array.from(rows.flat()),
  scale: new Float64Array(rows.length).fill(1),
};

test('a voxel is usable where float32 holds its signals', () => {
  assert.equal(
    rows.map((_, i) => isUsable(signals, i)),
    [true, false, false, false, true, true],
  );
});

test('training leaves out voxels whose gradients have no finite square', () => {
  const { n, inputs, values } = networkRows(signals);
  assert.is(n, 2);
  assert.is(inputs, 2);
  assert.equal([...values], [0.5, 0.25, 0.75, 0.5]);
});

test.run();
