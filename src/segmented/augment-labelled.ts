import type { Shape } from '../contracts/learner.ts';
import { augment, type Augmentation } from '../learning/augmentation.ts';
import type { Vary } from '../learning/train.ts';

/**
 * Mirrors and shifts images and their label maps alike, then changes gain and noise of the images alone. What comes in at an edge is
 * background.
 * @param classes of a target, background first
 */
export function augmentLabelled(shape: Shape, classes: number, options: Augmentation): Vary {
  const channels = shape.at(-1)!;
  const pixels = shape.slice(0, -1).reduce((product, size) => product * size, 1);
  const all = channels + classes;
  const together: Shape = [...shape.slice(0, -1), all];
  const moves: Augmentation = { ...options, noise: 0, gain: 0 };
  const values: Augmentation = { ...options, flip: [], shift: 0 };
  return ({ n, inputs, targets }, random) => {
    const joined = new Float32Array(pixels * all);
    for (let k = 0; k < n; k++) {
      const image = inputs.subarray(k * pixels * channels, (k + 1) * pixels * channels);
      const labels = targets.subarray(k * pixels * classes, (k + 1) * pixels * classes);
      for (let i = 0; i < pixels; i++) {
        for (let c = 0; c < channels; c++) joined[i * all + c] = image[i * channels + c];
        // Background as its difference from 1, so that the zeros that come in at an edge are background.
        joined[i * all + channels] = labels[i * classes] - 1;
        for (let c = 1; c < classes; c++) joined[i * all + channels + c] = labels[i * classes + c];
      }
      augment(joined, together, moves, random);
      for (let i = 0; i < pixels; i++) {
        for (let c = 0; c < channels; c++) image[i * channels + c] = joined[i * all + c];
        labels[i * classes] = joined[i * all + channels] + 1;
        for (let c = 1; c < classes; c++) labels[i * classes + c] = joined[i * all + channels + c];
      }
      augment(image, shape, values, random);
    }
  };
}
