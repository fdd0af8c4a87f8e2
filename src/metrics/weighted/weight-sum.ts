const totals = new WeakMap<Uint8Array, number>();

/**
 * Returns the sum of the weights of the voxels that did not fail. The sum over all voxels is cached by array, since a bootstrap
 * needs it for every parameter and metric.
 * @param n number of voxels
 * @param failed indices of the voxels to exclude
 */
export function weightSum(weights: Uint8Array | null, n: number, failed: Uint32Array): number {
  if (!weights) return n - failed.length;
  let sum = totals.get(weights);
  if (sum === undefined) {
    sum = 0;
    for (let i = 0; i < n; i++) sum += weights[i];
    totals.set(weights, sum);
  }
  for (let k = 0; k < failed.length; k++) sum -= weights[failed[k]];
  return sum;
}

/** Returns the indices of the voxels without a finite value. */
export function failedVoxels(values: Float64Array): Uint32Array {
  const failed: number[] = [];
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) failed.push(i);
  return Uint32Array.from(failed);
}
