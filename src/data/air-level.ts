/** Air has less than this fraction of the regions’ median signal: four times the noise floor if their SNR is 25. */
const PART = 0.2;

/**
 * Returns the signal at b=0 below which a voxel is considered air, where only noise would be fitted: a fraction of the median
 * over the drawn voxels; 0 if there are none.
 * @param b0 the whole image
 * @param drawn voxels of each region
 */
export function airLevel(b0: ArrayLike<number>, drawn: readonly Uint32Array[]): number {
  const inside = drawn.flatMap((voxels) => Array.from(voxels, (voxel) => b0[voxel]));
  const sorted = inside.filter(Number.isFinite).sort((a, b) => a - b);
  return sorted.length === 0 ? 0 : PART * sorted[sorted.length >> 1];
}
