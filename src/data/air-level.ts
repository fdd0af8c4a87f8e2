/** Air has less than this part of the regions’ median signal: four times the noise floor where their SNR is 25. */
const PART = 0.2;

/**
 * The signal at b=0 below which a voxel is taken for air, where noise would be fitted: a part of the median over
 * the voxels that were drawn. 0 where none was.
 * @param b0 the whole image
 * @param drawn voxels of each region
 */
export function airLevel(b0: ArrayLike<number>, drawn: readonly Uint32Array[]): number {
  const inside = drawn.flatMap((voxels) => Array.from(voxels, (voxel) => b0[voxel]));
  const sorted = inside.filter(Number.isFinite).sort((a, b) => a - b);
  return sorted.length === 0 ? 0 : PART * sorted[sorted.length >> 1];
}
