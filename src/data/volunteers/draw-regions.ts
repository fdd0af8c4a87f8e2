import { Mt19937 } from '../../random/mt19937.ts';
import type { Anatomy } from './anatomy.ts';
import { eachVoxel } from './each-voxel.ts';
import { drawWaves } from './random-waves.ts';
import type { ScanSpace } from './scan-space.ts';
import type { ReaderHabits } from './settings.ts';

/**
 * Returns a reader's label map: the person's true contours, each shifted, resized and perturbed according to the reader's
 * habits. A voxel belongs to the region whose contour contains its centre.
 * @param seedOf seed of one region's contour
 */
export function drawRegions(
  anatomy: Anatomy,
  space: ScanSpace,
  habits: ReaderHabits,
  seedOf: (region: string) => number,
): Uint8Array {
  const contours = anatomy.organs.map(({ name, index, contour }) => {
    const random = new Mt19937(seedOf(name));
    const shift = [0, 1, 2].map(() => habits.shift * random.gaussian());
    const size = Math.max(0.5, habits.size.mean + habits.size.sd * random.gaussian());
    const outline = { waves: drawWaves(random, 1 / habits.waves), amplitude: habits.waver };
    return { index, drawn: contour.changed([shift[0], shift[1], shift[2]], size, outline) };
  });
  const labels = new Uint8Array(space.shape[0] * space.shape[1] * space.shape[2]);
  eachVoxel(space, (i, x, y, z) => {
    for (let c = 0; c < contours.length; c++) {
      if (!contours[c].drawn.holds(x, y, z)) continue;
      labels[i] = contours[c].index;
      return;
    }
  });
  return labels;
}
