import { z } from 'zod';
import { eachVoxel } from '../../data/volunteers/each-voxel.ts';
import type { Scan } from '../../data/volunteers/simulate-scan.ts';
import type { Mt19937 } from '../../random/mt19937.ts';

/** Small virtual metastases in the liver. */
export const LesionSettings = z
  .strictObject({
    most: z
      .int()
      .min(1)
      .max(10)
      .default(3)
      .describe('most lesions of one person; their number is uniform from 0 on'),
    diameter: z
      .tuple([z.number().positive(), z.number().positive()])
      .default([8, 16])
      .refine(([from, to]) => from <= to, 'allowed: the smaller one first')
      .describe('diameters, mm, uniform from the first to the second'),
    brightness: z
      .number()
      .min(0)
      .max(10)
      .default(0.9)
      .describe('signal at b=0 relative to the tissue it replaces'),
    D: z
      .number()
      .min(0)
      .max(0.01)
      .default(0.0011)
      .describe('diffusion coefficient, mm²/s; there is no perfusion'),
  })
  .describe('small metastases in the liver, bright at high b-values since water in them diffuses less');
export type LesionSettings = z.output<typeof LesionSettings>;

/** Lesions keep this distance from each other, mm, so that they stay apart on coarse grids. */
const APART = 12;
const TRIES = 60;
/** Half the width of the edge of a lesion, mm. */
const EDGE = 1.5;

/**
 * Share of lesion in every voxel of the liver. Middles are voxels of the liver drawn at random; a lesion that finds no place away from the others is left out.
 * @param inLiver whether a label is one of the liver
 */
export function lesionShares(
  { space, organs }: Pick<Scan, 'space' | 'organs'>,
  inLiver: (label: number) => boolean,
  { most, diameter: [from, to] }: LesionSettings,
  random: Mt19937,
): Float32Array {
  const places: (readonly [number, number, number])[] = [];
  eachVoxel(space, (i, x, y, z) => {
    if (inLiver(organs[i])) places.push([x, y, z]);
  });
  const count = Math.floor((most + 1) * random.uniform());
  const balls: { readonly middle: readonly [number, number, number]; readonly radius: number }[] = [];
  for (let n = 0; n < count && places.length > 0; n++) {
    const radius = (from + (to - from) * random.uniform()) / 2;
    for (let tries = 0; tries < TRIES; tries++) {
      const middle = places[Math.floor(places.length * random.uniform())];
      const free = balls.every(
        (other) =>
          Math.hypot(...middle.map((place, a) => place - other.middle[a])) >= radius + other.radius + APART,
      );
      if (!free) continue;
      balls.push({ middle, radius });
      break;
    }
  }
  const shares = new Float32Array(organs.length);
  eachVoxel(space, (i, x, y, z) => {
    if (!inLiver(organs[i])) return;
    for (const { middle, radius } of balls) {
      const distance = Math.hypot(x - middle[0], y - middle[1], z - middle[2]);
      shares[i] = Math.max(shares[i], Math.min(1, Math.max(0, (radius + EDGE - distance) / (2 * EDGE))));
    }
  });
  return shares;
}
