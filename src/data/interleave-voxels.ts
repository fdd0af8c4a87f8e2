import type { Signals } from '../contracts/voxels.ts';

/** Takes voxels in turn from sets with the same b-values, at most `limit` in all, so that every part of the result is a mix. */
export function interleaveVoxels(sets: readonly Signals[], limit: number): Signals {
  const { bValues } = sets[0];
  const width = bValues.length;
  const rounds = Math.min(...sets.map(({ n }) => n), Math.max(1, Math.floor(limit / sets.length)));
  const n = rounds * sets.length;
  const values = new Float64Array(n * width);
  const scale = new Float64Array(n);
  const sigma = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const from = sets[i % sets.length];
    const row = Math.floor(i / sets.length);
    values.set(from.values.subarray(row * width, (row + 1) * width), i * width);
    scale[i] = from.scale[row];
    if (from.sigma) sigma[i] = from.sigma[row];
  }
  return { bValues, n, values, scale, ...(sets.every((set) => set.sigma) ? { sigma } : {}) };
}
