import type { Parameters } from '../../contracts/voxels.ts';

/** Means over the voxels of a region that have an estimate; NaN if none has. */
export interface RegionMeans {
  readonly D: number;
  readonly f: number;
  readonly Dp: number;
  /** Number of voxels with an estimate. */
  readonly used: number;
}

/** @param rows indices of the voxels in the region */
export function regionMeans(voxels: Parameters, rows: Uint32Array): RegionMeans {
  const sum = { D: 0, f: 0, Dp: 0 };
  let used = 0;
  for (let i = 0; i < rows.length; i++) {
    const [D, f, Dp] = [voxels.D[rows[i]], voxels.f[rows[i]], voxels.Dp[rows[i]]];
    if (Number.isNaN(D + f + Dp)) continue;
    sum.D += D;
    sum.f += f;
    sum.Dp += Dp;
    used++;
  }
  return { D: sum.D / used, f: sum.f / used, Dp: sum.Dp / used, used };
}
