import { oncePer } from './once-per.ts';

/** The sum of the weights of all voxels: a bootstrap needs it for every parameter and metric. */
const totalOf = oncePer((weights: Uint8Array) => weights.reduce((sum, weight) => sum + weight, 0));

/**
 * Returns the sum of the weights of the voxels that did not fail.
 * @param n number of voxels
 * @param failed indices of the voxels to exclude
 */
export function weightSum(weights: Uint8Array | null, n: number, failed: Uint32Array): number {
  if (!weights) return n - failed.length;
  let sum = totalOf(weights);
  for (let k = 0; k < failed.length; k++) sum -= weights[failed[k]];
  return sum;
}

/** The indices of the voxels without a finite value. */
export const failedVoxels = oncePer((values: Float64Array): Uint32Array => {
  const failed: number[] = [];
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) failed.push(i);
  return Uint32Array.from(failed);
});
