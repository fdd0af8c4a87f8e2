import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { sizeOf } from '../../src/learning/cases.ts';
import { occlusionMap } from '../../src/learning/occlusion.ts';
import { QuickRandom } from '../../src/random/quick-random.ts';

const test = suite('learning: occlusion');

/** A score that is a weighted sum of the image, so that covering a window takes away the sum of what is in it. */
const linear = (weights: Float32Array) => (cases: { readonly n: number; readonly inputs: Float32Array }) =>
  Array.from({ length: cases.n }, (_, i) =>
    weights.reduce((sum, weight, k) => sum + weight * cases.inputs[i * weights.length + k], 0),
  );

test('windows of one voxel give each voxel its part of a linear score', () => {
  const shape = [2, 3, 4, 2];
  const random = new QuickRandom(1);
  const draw = () => Float32Array.from({ length: sizeOf(shape) }, () => random.gaussian());
  const [image, weights] = [draw(), draw()];
  const map = occlusionMap(image, shape, { window: [1, 1, 1], step: [1, 1, 1], fill: 0 }, linear(weights));
  assert.is(map.length, 24);
  map.forEach((value, voxel) => {
    const own = [0, 1].reduce((sum, c) => sum + image[2 * voxel + c] * weights[2 * voxel + c], 0);
    assert.ok(Math.abs(value - own) < 1e-4, `voxel ${voxel}`);
  });
});

test('a voxel has the mean over the windows that cover it', () => {
  // Windows of two at 0, 1 and 2 in a row of four: the second voxel is in the first and the second window.
  const image = Float32Array.of(1, 10, 100, 1000);
  const ones = new Float32Array(4).fill(1);
  const map = occlusionMap(image, [4, 1], { window: [2], step: [1], fill: 0 }, linear(ones));
  assert.equal([...map], [11, (11 + 110) / 2, (110 + 1100) / 2, 1100]);
});

test('every voxel is covered, whatever sizes, windows and steps; the filling counts', () => {
  const random = new QuickRandom(5);
  for (let round = 0; round < 40; round++) {
    const spatial = Array.from({ length: 1 + (round % 3) }, () => 1 + Math.floor(7 * random.uniform()));
    const window = spatial.map(() => 1 + Math.floor(4 * random.uniform()));
    const step = window.map((length) => 1 + Math.floor(length * random.uniform()));
    const shape = [...spatial, 1];
    const image = new Float32Array(sizeOf(shape)).fill(2);
    const mean = (cases: { readonly n: number; readonly inputs: Float32Array }) =>
      linear(new Float32Array(image.length).fill(1))(cases);
    const map = occlusionMap(image, shape, { window, step, fill: 0.5 }, mean);
    const covered = spatial.reduce((product, size, axis) => product * Math.min(size, window[axis]), 1);
    assert.ok(
      map.every((value) => Math.abs(value - 1.5 * covered) < 1e-4),
      JSON.stringify({ spatial, window, step }),
    );
  }
});

test.run();
