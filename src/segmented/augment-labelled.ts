import type { Shape } from '../contracts/learner.ts';
import { augment, type Augmentation } from '../learning/augmentation.ts';
import type { Vary } from '../learning/train.ts';

/**
 * Mirrors, shifts and warps images and their label maps alike, all slices of a scan by the same, within the slice; then changes gain and noise of
 * the images alone. What comes in at an edge is background.
 * @param shape of a slice, or of a scan
 * @param classes of a target, background first
 * @param places channels at the end that hold the place of a voxel: they move with the image and have no gain or noise; what comes in at an edge has place 0
 */
export function augmentLabelled(shape: Shape, classes: number, options: Augmentation, places: number): Vary {
  const channels = shape.at(-1)!;
  const plane = shape.slice(-3, -1);
  const pixels = plane[0] * plane[1];
  const slices = shape.length === 4 ? shape[0] : 1;
  const all = channels + classes;
  // The slices of a scan become channels, so that they stay on top of each other.
  const together: Shape = [...plane, slices * all];
  const moves: Augmentation = { ...options, noise: 0, gain: 0 };
  const values: Augmentation = { ...options, flip: [], shift: 0, warp: 0 };
  return ({ n, inputs, targets }, random) => {
    const voxels = slices * pixels;
    const joined = new Float32Array(voxels * all);
    const placeOf = (voxel: number) => ((voxel % pixels) * slices + Math.floor(voxel / pixels)) * all;
    for (let k = 0; k < n; k++) {
      const image = inputs.subarray(k * voxels * channels, (k + 1) * voxels * channels);
      const labels = targets.subarray(k * voxels * classes, (k + 1) * voxels * classes);
      for (let i = 0; i < voxels; i++) {
        const at = placeOf(i);
        for (let c = 0; c < channels; c++) joined[at + c] = image[i * channels + c];
        // Background as its difference from 1, so that the zeros that come in at an edge are background.
        joined[at + channels] = labels[i * classes] - 1;
        for (let c = 1; c < classes; c++) joined[at + channels + c] = labels[i * classes + c];
      }
      augment(joined, together, moves, random);
      for (let i = 0; i < voxels; i++) {
        const at = placeOf(i);
        for (let c = 0; c < channels; c++) image[i * channels + c] = joined[at + c];
        labels[i * classes] = joined[at + channels] + 1;
        for (let c = 1; c < classes; c++) labels[i * classes + c] = joined[at + channels + c];
      }
      augment(image, shape, values, random);
      for (let i = 0; i < voxels; i++) {
        for (let c = channels - places; c < channels; c++) image[i * channels + c] = joined[placeOf(i) + c];
      }
    }
  };
}
