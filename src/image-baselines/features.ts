/** A voxel belongs to the foreground from this share of the mean of all positive values on: air stays below. */
const FOREGROUND = 0.5;

/**
 * Simple features of one image, without any knowledge of where the liver is: mean and standard deviation over the foreground, and the mean
 * length of the gradient there, by central differences in units of the image per voxel.
 *
 * @param image values of one channel, the first at `channel`, then every `channels`-th; x running fastest
 * @param shape voxels along z, y and x
 */
export function imageFeatures(
  image: Float32Array,
  channel: number,
  channels: number,
  [nz, ny, nx]: readonly [number, number, number],
): [mean: number, sd: number, gradient: number] {
  const at = (i: number, j: number, k: number) => image[(i + nx * (j + ny * k)) * channels + channel];
  let [count, sum] = [0, 0];
  for (let i = channel; i < image.length; i += channels) {
    if (image[i] <= 0) continue;
    count++;
    sum += image[i];
  }
  const threshold = count === 0 ? Infinity : (FOREGROUND * sum) / count;
  let [n, total, squares, lengths] = [0, 0, 0, 0];
  for (let k = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      for (let i = 0; i < nx; i++) {
        const value = at(i, j, k);
        if (value < threshold) continue;
        n++;
        total += value;
        squares += value * value;
        const slope = (size: number, place: number, of: (step: number) => number) =>
          place > 0 && place < size - 1 ? (of(1) - of(-1)) / 2 : 0;
        const dx = slope(nx, i, (step) => at(i + step, j, k));
        const dy = slope(ny, j, (step) => at(i, j + step, k));
        const dz = slope(nz, k, (step) => at(i, j, k + step));
        lengths += Math.sqrt(dx * dx + dy * dy + dz * dz);
      }
    }
  }
  if (n === 0) return [0, 0, 0];
  const mean = total / n;
  return [mean, Math.sqrt(Math.max(0, squares / n - mean * mean)), lengths / n];
}
