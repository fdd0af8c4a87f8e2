import { sizeOf, type Cases } from './cases.ts';

/** How an image is covered. */
export interface OcclusionOptions {
  /** Length of the covered window along every spatial axis, in voxels. */
  readonly window: readonly number[];
  /** Distance of neighbouring windows along every spatial axis, in voxels; not above the window's length. */
  readonly step: readonly number[];
  /** What the window is filled with, in every channel. */
  readonly fill: number;
}

/** Windows covered at once. */
const BATCH = 32;

/**
 * How much a score falls where a part of an image is covered (Zeiler and Fergus 2014): for every voxel the mean, over the windows that
 * cover it, of the score of the whole image less that of the image with the window filled. Above 0 the window speaks for the score.
 *
 * @param image one case, the channels last
 * @param shape of it
 * @param score of every case
 * @returns a number per voxel, in the order of the image
 */
export function occlusionMap(
  image: Float32Array,
  shape: readonly number[],
  { window, step, fill }: OcclusionOptions,
  score: (cases: Cases) => readonly number[],
): Float64Array {
  const spatial = shape.slice(0, -1);
  const channels = shape.at(-1)!;
  const voxels = sizeOf(spatial);
  const windows = corners(spatial, window, step);
  const casesOf = (inputs: Float32Array, n: number): Cases => ({
    n,
    shape,
    inputs,
    targets: new Float32Array(2 * n),
  });
  const [whole] = score(casesOf(image, 1));
  const [sum, count] = [new Float64Array(voxels), new Float64Array(voxels)];
  for (let at = 0; at < windows.length; at += BATCH) {
    const some = windows.slice(at, at + BATCH).map((corner) => within(spatial, corner, window));
    const inputs = new Float32Array(some.length * image.length);
    some.forEach((covered, i) => {
      inputs.set(image, i * image.length);
      for (const voxel of covered) {
        const from = i * image.length + voxel * channels;
        inputs.fill(fill, from, from + channels);
      }
    });
    const scores = score(casesOf(inputs, some.length));
    some.forEach((covered, i) => {
      for (const voxel of covered) {
        sum[voxel] += whole - scores[i];
        count[voxel]++;
      }
    });
  }
  return sum.map((total, voxel) => total / count[voxel]);
}

/** The first voxels of windows a step apart that cover the whole image, the last ones moved in to its edge. */
function corners(
  spatial: readonly number[],
  window: readonly number[],
  step: readonly number[],
): readonly (readonly number[])[] {
  return spatial.reduce<number[][]>(
    (found, size, axis) => {
      const last = Math.max(0, size - window[axis]);
      const starts = Array.from({ length: Math.ceil(last / step[axis]) + 1 }, (_, i) =>
        Math.min(i * step[axis], last),
      );
      return found.flatMap((corner) => starts.map((start) => [...corner, start]));
    },
    [[]],
  );
}

/** The voxels of a window, as places in the image. */
function within(spatial: readonly number[], corner: readonly number[], window: readonly number[]): number[] {
  return spatial.reduce<number[]>(
    (found, size, axis) => {
      const end = Math.min(corner[axis] + window[axis], size);
      return found.flatMap((place) =>
        Array.from({ length: end - corner[axis] }, (_, i) => place * size + corner[axis] + i),
      );
    },
    [0],
  );
}
