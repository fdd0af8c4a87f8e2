import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { perReader } from '../../experiments/volunteers/data-set.ts';
import type { SessionVoxels } from '../../src/data/cohort/read-session.ts';

const test = suite('volunteers: voxels of several readers');

const signals = {
  bValues: Float64Array.of(0, 100),
  n: 4,
  values: Float64Array.of(1, 0.1, 1, 0.2, 1, 0.3, 1, 0.4),
  scale: Float64Array.of(10, 20, 30, 40),
  sigma: Float64Array.of(1, 2, 3, 4),
};
const region = (reader: string, name: string, rows: number[]) => ({
  ...{ reader, region: name, voxels: Uint32Array.from(rows), rows: Uint32Array.from(rows) },
});

test('a voxel is there once per reader, also where it lies in two regions of one', () => {
  const drawn = [
    region('reader1', 'liver', [0, 1]),
    region('reader1', 'spleen', [1, 2]),
    region('reader2', 'liver', [1, 3]),
  ] as unknown as SessionVoxels['drawn'];
  const { n, values, scale, sigma } = perReader({ signals, drawn });
  assert.is(n, 5);
  assert.equal([...scale], [10, 20, 30, 20, 40]);
  assert.equal([...sigma!], [1, 2, 3, 2, 4]);
  assert.equal([...values], [1, 0.1, 1, 0.2, 1, 0.3, 1, 0.2, 1, 0.4]);
});

test('without noise levels there are none of the result', () => {
  const { sigma: _sigma, ...plain } = signals;
  const drawn = [region('reader1', 'liver', [2])] as unknown as SessionVoxels['drawn'];
  assert.is('sigma' in perReader({ signals: plain, drawn }), false);
});

test.run();
