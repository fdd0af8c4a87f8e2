import { connectedComponents } from './connected-components.ts';

/** Number of bins of the histogram. */
const LEVELS = 256;

/**
 * Computes a mask of the body from an image without diffusion weighting: the largest face-connected component above Otsu's
 * threshold (IEEE Trans Syst Man Cybern 1979;9:62-66).
 * @param image x fastest
 * @returns 1 inside, 0 outside; all 0 if the image is constant
 */
export function autoMask(image: Float64Array, shape: readonly [number, number, number]): Uint8Array {
  const level = otsuThreshold(image);
  const above = new Uint8Array(image.length);
  for (let i = 0; i < above.length; i++) above[i] = image[i] > level ? 1 : 0;
  return largestPart(above, shape);
}

/**
 * Returns the level that splits the values into two classes with maximum variance between them; Infinity if all values are
 * equal.
 */
export function otsuThreshold(values: Float64Array): number {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (!(high > low)) return Infinity;
  const counts = new Float64Array(LEVELS);
  const width = (high - low) / LEVELS;
  for (const value of values) {
    if (Number.isFinite(value)) counts[Math.min(LEVELS - 1, Math.floor((value - low) / width))]++;
  }
  const n = counts.reduce((sum, count) => sum + count);
  const total = counts.reduce((sum, count, k) => sum + count * k, 0);
  let [below, sumBelow, most, first, last] = [0, 0, -1, 0, 0];
  for (let k = 0; k < LEVELS - 1; k++) {
    below += counts[k];
    sumBelow += counts[k] * k;
    if (below === 0 || below === n) continue;
    const apart = sumBelow / below - (total - sumBelow) / (n - below);
    const between = below * (n - below) * apart * apart;
    if (between > most) [most, first, last] = [between, k, k];
    else if (between === most) last = k;
  }
  // If there is a gap between the classes, any level in it is optimal; take the middle.
  return low + width * ((first + last) / 2 + 1);
}

function largestPart(mask: Uint8Array, shape: readonly [number, number, number]): Uint8Array {
  const { labels, sizes } = connectedComponents(mask, shape, 'faces');
  let largest = 0;
  for (let k = 1; k < sizes.length; k++) if (sizes[k] > sizes[largest]) largest = k;
  for (let i = 0; i < mask.length; i++) mask[i] = labels[i] === largest + 1 ? 1 : 0;
  return mask;
}
