import { Mt19937 } from '../../random/mt19937.ts';
import { holds, type Anatomy } from './anatomy.ts';
import { drawDiscs } from './draw-discs.ts';
import { eachVoxel } from './each-voxel.ts';
import { drawWaves } from './random-waves.ts';
import type { ScanSpace } from './scan-space.ts';
import type { ReaderHabits } from './settings.ts';

/**
 * Returns a reader's label map: the person's true contours, each shifted, resized and perturbed according to the reader's
 * habits. A voxel belongs to the region whose contour contains its centre. A reader of discs places them inside these contours.
 * @param seedOf seed of one region's contour, or of its discs
 */
export function drawRegions(
  anatomy: Anatomy,
  space: ScanSpace,
  habits: ReaderHabits,
  seedOf: (region: string, what: 'contour' | 'discs') => number,
): Uint8Array {
  const organs = anatomy.organs.map(({ name, index, contours }) => {
    const random = new Mt19937(seedOf(name, 'contour'));
    return {
      index,
      contours: contours.map((contour) => {
        const shift = [0, 1, 2].map(() => habits.shift * random.gaussian());
        const size = Math.max(0.5, habits.size.mean + habits.size.sd * random.gaussian());
        const outline = { waves: drawWaves(random, 1 / habits.waves), amplitude: habits.waver };
        return contour.changed([shift[0], shift[1], shift[2]], size, outline);
      }),
    };
  });
  const labels = new Uint8Array(space.shape[0] * space.shape[1] * space.shape[2]);
  eachVoxel(space, (i, x, y, z) => {
    for (let o = 0; o < organs.length; o++) {
      if (!holds(organs[o], x, y, z)) continue;
      labels[i] = organs[o].index;
      return;
    }
  });
  const { discs } = habits;
  if (!discs) return labels;
  const wanted = anatomy.organs
    .filter(({ name }) => name in discs.number)
    .map(({ name, index }) => ({ index, count: discs.number[name], seed: seedOf(name, 'discs') }));
  return drawDiscs(labels, space, discs.diameter, wanted);
}
