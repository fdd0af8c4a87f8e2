import { Mt19937 } from '../../random/mt19937.ts';

/**
 * Bootstrap resamples of `n` voxels, each as how often every voxel was drawn (Efron 1979). Drawing counts once
 * serves every statistic and parameter of the same voxels.
 * @param seed integer 0..2³²-1
 */
export function resampleCounts(n: number, resamples: number, seed: number): Uint8Array[] {
  const random = new Mt19937(seed);
  return Array.from({ length: resamples }, () => {
    const counts = new Uint8Array(n);
    // That one voxel is drawn 256 times has a probability below 1e-500.
    for (let drawn = 0; drawn < n; drawn++) counts[random.below(n)]++;
    return counts;
  });
}
