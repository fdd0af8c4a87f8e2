import type { Scan } from './simulate-scan.ts';

/** True values of a region in one scan. */
export interface RegionTruth {
  readonly region: string;
  /** Number of voxels of which the organ fills at least half. */
  readonly voxels: number;
  /** Means of the truth maps over these voxels; NaN if there are none. */
  readonly S0: number;
  readonly D: number;
  readonly f: number;
  readonly Dp: number;
}

/** Returns the means of the truth maps over the voxels that belong to each region. */
export function regionTruth({ organs, truth }: Scan, regions: readonly string[]): RegionTruth[] {
  return regions.map((region, r) => {
    const mean = { S0: 0, D: 0, f: 0, Dp: 0 };
    let voxels = 0;
    for (let i = 0; i < organs.length; i++) {
      if (organs[i] !== r + 1) continue;
      voxels++;
      for (const name of ['S0', 'D', 'f', 'Dp'] as const) mean[name] += truth[name][i];
    }
    const { S0, D, f, Dp } = mean;
    return { region, voxels, S0: S0 / voxels, D: D / voxels, f: f / voxels, Dp: Dp / voxels };
  });
}
