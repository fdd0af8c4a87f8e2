import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { averageSurfaceDistance } from '../../src/image-metrics/average-surface-distance.ts';
import { dice } from '../../src/image-metrics/dice.ts';
import { hd95 } from '../../src/image-metrics/hd95.ts';
import { surfaceDistances, type MaskGrid } from '../../src/image-metrics/surface-distances.ts';
import { near } from '../agreement/near.ts';

const test = suite('image metrics: regions');

const filled = ({ shape: [nx, ny, nz], voxel }: MaskGrid, holds: (place: number[]) => boolean): Uint8Array =>
  Uint8Array.from({ length: nx * ny * nz }, (_, i) => {
    const index = [i % nx, Math.floor(i / nx) % ny, Math.floor(i / (nx * ny))];
    return Number(holds(index.map((each, axis) => each * voxel[axis])));
  });

const grid: MaskGrid = { shape: [20, 14, 14], voxel: [3, 1, 1] };
/** A box of 10 x 10 x 10 voxels from `from` along x, in voxels. */
const box = (from: number): Uint8Array =>
  filled(grid, ([x, y, z]) => x >= 3 * from && x < 3 * (from + 10) && y >= 2 && y < 12 && z >= 2 && z < 12);

test('a box and itself moved by two voxels of 3 mm', () => {
  const [a, b] = [box(3), box(5)];
  assert.is(dice(a, b), 0.8);
  const distances = surfaceDistances(a, b, grid);
  assert.is(distances.fromFirst.length, 10 ** 3 - 8 ** 3);
  assert.is(hd95(distances), 6);
  // Of the 488 surface voxels the 100 of the left face are 6 mm away, the 36 of the ring behind it 3 mm; those within the right face
  // are as near as the closest side, or as 6 mm: 28 of 1 mm, 20 of 2, 12 of 3 and 4 of 4.
  near(averageSurfaceDistance(distances), (600 + 108 + 28 + 40 + 36 + 16) / 488, 1e-12);
});

test('concentric balls are the difference of their radii apart; equal ones are not', () => {
  const fine: MaskGrid = { shape: [48, 48, 48], voxel: [0.5, 0.5, 0.5] };
  const ball = (radius: number, x = 12) =>
    filled(fine, (place) => Math.hypot(place[0] - x, place[1] - 12, place[2] - 12) < radius);
  const distances = surfaceDistances(ball(7), ball(9), fine);
  near(averageSurfaceDistance(distances), 2, 0.15);
  near(hd95(distances), 2, 0.3);
  near(dice(ball(7), ball(9)), (2 * 7 ** 3) / (7 ** 3 + 9 ** 3), 0.01);
  // Overlap of two balls of radius R at distance d: 1 - 3d/4R + d³/16R³ of one of them.
  near(dice(ball(8), ball(8, 15)), 1 - 9 / 32 + 27 / (16 * 512), 0.01);
  const same = surfaceDistances(ball(7), ball(7), fine);
  assert.equal([dice(ball(7), ball(7)), hd95(same), averageSurfaceDistance(same)], [1, 0, 0]);
});

test('the order of the two does not matter', () => {
  const [a, b] = [box(1), box(8)];
  const [there, back] = [surfaceDistances(a, b, grid), surfaceDistances(b, a, grid)];
  assert.is(dice(a, b), dice(b, a));
  assert.is(hd95(there), hd95(back));
  near(averageSurfaceDistance(there), averageSurfaceDistance(back), 1e-12);
});

test('one empty region: Dice 0 and infinite distances; two: undefined', () => {
  const [empty, some] = [box(3).fill(0), box(3)];
  assert.is(dice(empty, some), 0);
  const one = surfaceDistances(some, empty, grid);
  assert.equal([hd95(one), averageSurfaceDistance(one)], [Infinity, Infinity]);
  const none = surfaceDistances(empty, empty, grid);
  assert.equal([dice(empty, empty), hd95(none), averageSurfaceDistance(none)], [NaN, NaN, NaN]);
});

test('volumes of different sizes are refused', () => {
  assert.throws(() => dice([1, 0], [1]), /volumes of 2 and 1 voxels/);
  assert.throws(() => surfaceDistances([1], [1], grid), /1 voxels is not on a grid of 20 x 14 x 14/);
});

test.run();
