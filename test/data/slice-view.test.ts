import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { airLevel } from '../../src/data/air-level.ts';
import { sliceView } from '../../src/data/slice-view.ts';

const test = suite('slices as they are looked at');

type Affine = readonly (readonly number[])[];
const shape = [3, 2, 2] as const;

/** Steps of the three voxel axes in mm, as columns. */
const affine = (...columns: [number[], number[], number[]]): Affine => [
  ...[0, 1, 2].map((row) => [...columns.map((column) => column[row]), 0]),
  [0, 0, 0, 1],
];

/** Where a voxel's middle lies in the patient. */
function place(affine: Affine, [nx, ny]: readonly number[], voxel: number): number[] {
  const index = [voxel % nx, Math.floor(voxel / nx) % ny, Math.floor(voxel / (nx * ny))];
  return [0, 1, 2].map((row) => index.reduce((sum, i, axis) => sum + affine[row][axis] * i, 0));
}

test('of an axial slice the right is on the left and the front on top, however voxels run', () => {
  for (const [x, y] of [
    [4, 3],
    [-4, 3],
    [4, -3],
    [-4, -3],
  ]) {
    for (const turned of [false, true]) {
      const grid = turned ? affine([0, y, 0], [x, 0, 0], [0, 0, 6]) : affine([x, 0, 0], [0, y, 0], [0, 0, 6]);
      const view = sliceView(shape, grid, 1);
      assert.equal([view.width, view.height], turned ? [2, 3] : [3, 2]);
      assert.equal(view.pixel, [4, 3]);
      const at = (column: number, row: number) => place(grid, shape, view.voxels[row * view.width + column]);
      assert.ok(at(0, 0)[0] > at(view.width - 1, 0)[0], 'the right (+x) is on the left');
      assert.ok(at(0, 0)[1] > at(0, view.height - 1)[1], 'the front (+y) is on top');
      assert.is(at(0, 0)[2], 6);
    }
  }
});

test('coronal: head on top; sagittal: front on the left, head on top', () => {
  const coronal = affine([-4, 0, 0], [0, 0, 5], [0, 3, 0]);
  const first = sliceView(shape, coronal, 0);
  assert.equal(place(coronal, shape, first.voxels[0]), [0, 0, 5]);
  const sagittal = affine([0, 3, 0], [0, 0, 5], [4, 0, 0]);
  const view = sliceView(shape, sagittal, 0);
  assert.equal(place(sagittal, shape, view.voxels[0]), [0, 6, 5]);
});

test('every voxel of the slice is shown once, also where it is oblique', () => {
  const angle = fc.double({ min: -3.1, max: 3.1, noNaN: true });
  fc.assert(
    fc.property(angle, angle, fc.integer({ min: 0, max: 1 }), (a, b, slice) => {
      const [c, s, d, t] = [Math.cos(a), Math.sin(a), Math.cos(b), Math.sin(b)];
      const grid = affine([4 * c, 4 * s, 0], [-3 * s * d, 3 * c * d, 3 * t], [6 * s * t, -6 * c * t, 6 * d]);
      const { voxels, width, height } = sliceView(shape, grid, slice);
      assert.is(voxels.length, width * height);
      assert.equal(
        [...voxels].sort((p, q) => p - q),
        [0, 1, 2, 3, 4, 5].map((voxel) => voxel + 6 * slice),
      );
    }),
    { seed: 5, numRuns: 200 },
  );
});

test('air is what has a fifth of the regions’ signal, or less', () => {
  const b0 = Float32Array.of(1, 100, 110, 90, 2, NaN);
  assert.is(airLevel(b0, [Uint32Array.of(1, 2), Uint32Array.of(3, 5)]), 20);
  assert.is(airLevel(b0, []), 0);
});

test.run();
