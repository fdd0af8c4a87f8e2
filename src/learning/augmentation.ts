import { z } from 'zod';
import type { Shape } from '../contracts/learner.ts';
import type { QuickRandom } from '../random/quick-random.ts';
import { warp } from './warp.ts';

/** How training cases are varied every time they are used. */
export const augmentationSetting = z
  .strictObject({
    flip: z
      .array(z.int().min(0).max(2))
      .default([])
      .describe('spatial axes along which half of the cases are mirrored, from 0'),
    shift: z
      .int()
      .min(0)
      .default(0)
      .describe('largest shift along every spatial axis, in voxels; what comes in at an edge is 0'),
    warp: z
      .number()
      .min(0)
      .default(0)
      .describe(
        'standard deviation of a smooth displacement within the plane of the last two spatial axes, in voxels; what comes in at an edge is 0',
      ),
    noise: z
      .number()
      .min(0)
      .default(0)
      .describe('standard deviation of Gaussian noise that is added, in units of the normalised images'),
    gain: z
      .number()
      .min(0)
      .max(1)
      .default(0)
      .describe('each channel is multiplied by a number drawn from 1 - gain to 1 + gain'),
  })
  .describe('how training cases are varied every time they are used');
export type Augmentation = z.infer<typeof augmentationSetting>;

/** Varies one case in place. @param values a view of it in a batch, the channels last */
export function augment(
  values: Float32Array,
  shape: Shape,
  options: Augmentation,
  random: QuickRandom,
): void {
  const spatial = shape.slice(0, -1);
  const channels = shape.at(-1)!;
  const flips = spatial.map((_, axis) => options.flip.includes(axis) && random.uniform() < 0.5);
  const shifts = spatial.map(() => Math.round(options.shift * (2 * random.uniform() - 1)));
  if (flips.some(Boolean) || shifts.some((shift) => shift !== 0))
    move(values, spatial, channels, flips, shifts);
  if (options.warp > 0) warp(values, shape, options.warp, random);
  if (options.gain > 0) {
    const gains = Array.from({ length: channels }, () => 1 + options.gain * (2 * random.uniform() - 1));
    for (let i = 0; i < values.length; i++) values[i] *= gains[i % channels];
  }
  if (options.noise > 0) {
    const noise = new Float64Array(values.length);
    random.fillGaussian(noise);
    for (let i = 0; i < values.length; i++) values[i] += options.noise * noise[i];
  }
}

/** Mirrors and shifts along every axis at once. */
function move(
  values: Float32Array,
  spatial: readonly number[],
  channels: number,
  flips: readonly boolean[],
  shifts: readonly number[],
): void {
  const before = values.slice();
  const places = new Array<number>(spatial.length).fill(0);
  for (let at = 0; at < values.length; at += channels) {
    let from = 0;
    for (let axis = 0; axis < spatial.length; axis++) {
      const size = spatial[axis];
      const place = places[axis] - shifts[axis];
      if (place < 0 || place >= size) {
        from = -1;
        break;
      }
      from = from * size + (flips[axis] ? size - 1 - place : place);
    }
    for (let c = 0; c < channels; c++) values[at + c] = from < 0 ? 0 : before[from * channels + c];
    for (let axis = spatial.length - 1; axis >= 0 && ++places[axis] === spatial[axis]; axis--)
      places[axis] = 0;
  }
}
