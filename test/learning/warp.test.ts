import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { warp } from '../../src/learning/warp.ts';
import { QuickRandom } from '../../src/random/quick-random.ts';
import { near } from '../agreement/near.ts';

const test = suite('learning: warp');

const [height, width] = [40, 48];
/** An image of two channels that hold the row and the column of a pixel: where a warped pixel came from. */
const places = (planes = 1) =>
  Float32Array.from({ length: planes * height * width * 2 }, (_, i) => {
    const pixel = (i >> 1) % (height * width);
    return i % 2 === 0 ? Math.floor(pixel / width) : pixel % width;
  });
/** Displacements along rows and columns of the pixels that are far enough from every edge. */
function displacements(values: Float32Array, margin: number): [number, number][] {
  const found: [number, number][] = [];
  for (let y = margin; y < height - margin; y++) {
    for (let x = margin; x < width - margin; x++) {
      const at = 2 * (y * width + x);
      found.push([y - values[at], x - values[at + 1]]);
    }
  }
  return found;
}

test('displacements have the standard deviation that was asked for, along both axes, and a mean of 0', () => {
  const random = new QuickRandom(11);
  const sd = 1.5;
  const draws = 1000;
  const sums = [0, 0, 0, 0];
  let cross = 0;
  for (let draw = 0; draw < draws; draw++) {
    const values = places();
    warp(values, [height, width, 2], sd, random);
    const found = displacements(values, 8);
    for (const [dy, dx] of found) {
      sums[0] += dy / found.length;
      sums[1] += dx / found.length;
      sums[2] += (dy * dy) / found.length;
      sums[3] += (dx * dx) / found.length;
      cross += (dy * dx) / found.length;
    }
  }
  // A draw is worth at least one independent displacement, as these are correlated over some 20 voxels: four standard errors.
  for (const sum of sums.slice(0, 2)) near(sum / draws, 0, (4 * sd) / Math.sqrt(draws));
  for (const sum of sums.slice(2)) near(Math.sqrt(sum / draws), sd, 4 / Math.sqrt(2 * draws));
  near(cross / draws, 0, (4 * sd * sd) / Math.sqrt(draws));
});

test('neighbours move together, so that nothing is torn or folded', () => {
  const random = new QuickRandom(5);
  for (let draw = 0; draw < 50; draw++) {
    const values = places();
    warp(values, [height, width, 2], 2, random);
    for (let y = 12; y < height - 13; y++) {
      for (let x = 12; x < width - 13; x++) {
        const at = 2 * (y * width + x);
        // 1 less the slope of the field, whose SD is 2 sqrt((2/3) / (151/315)) / 12 = 0.20: the limits are 4.6 of it.
        for (const step of [values[at + 3] - values[at + 1], values[at + 2 * width] - values[at]])
          assert.ok(step > 0.08 && step < 1.92, `${step}`);
      }
    }
  }
});

test('planes of a scan move alike; without a displacement nothing changes; what comes in is 0', () => {
  const scan = places(2);
  warp(scan, [2, height, width, 2], 3, new QuickRandom(1));
  assert.equal(scan.slice(0, scan.length / 2), scan.slice(scan.length / 2));
  const still = places();
  warp(still, [height, width, 2], 0, new QuickRandom(1));
  assert.equal(still, places());
  const ones = new Float32Array(height * width).fill(1);
  warp(ones, [height, width, 1], 6, new QuickRandom(3));
  assert.ok(ones.some((value) => value === 0));
  assert.ok(ones.every((value) => value >= 0 && value <= 1 + 1e-6));
});

test.run();
