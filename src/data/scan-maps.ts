import type { Estimates } from '../contracts/voxels.ts';
import type { EstimateColumn } from './estimate-columns.ts';

/** The estimates of all voxels of a scan, x fastest, a map per column. */
export interface ScanMaps {
  readonly columns: readonly EstimateColumn[];
  /** In the order of `columns`; NaN where a voxel has no value. */
  readonly maps: readonly Float32Array[];
  /** One of `Status` per voxel. */
  readonly status: Uint8Array;
  /** Takes over the estimates of the voxels from `first` on. */
  write(first: number, estimates: Estimates): void;
}

/** Allocates the maps of `n` voxels. */
export function allocateScanMaps(n: number, columns: readonly EstimateColumn[]): ScanMaps {
  const maps = columns.map(() => new Float32Array(n));
  const status = new Uint8Array(n);
  return {
    ...{ columns, maps, status },
    write(first, estimates) {
      columns.forEach(({ at }, c) => {
        const map = maps[c];
        for (let i = 0; i < estimates.n; i++) map[first + i] = at(estimates, i);
      });
      status.set(estimates.status.subarray(0, estimates.n), first);
    },
  };
}
