import { PARAMETERS } from '../contracts/voxels.ts';
import { voxelsByLabel } from '../fit-results/regions.ts';
import { summaryStatistics, type SummaryStatistics } from '../fit-results/summary-statistics.ts';
import type { Maps } from './decay-of-voxel.ts';

/** Statistics of a quantity over the voxels of a region that have an estimate. */
export interface RegionRow extends SummaryStatistics {
  readonly fit: number;
  /** Number of the region in the label image. */
  readonly label: number;
  readonly region: string;
  readonly parameter: string;
  /** Voxels of the region. */
  readonly voxels: number;
}

export interface RegionFacts {
  readonly rows: readonly RegionRow[];
  /** Whether they were drawn, not loaded. */
  readonly drawn: boolean;
}

/**
 * Summarises the maps of fits over regions.
 * @param labels the region of each voxel, 0 for none
 * @param nameOf the name of a region by its number
 */
export function regionRows(
  labels: ArrayLike<number>,
  fits: Iterable<readonly [number, Maps]>,
  nameOf: (label: number) => string,
): RegionRow[] {
  const voxels = voxelsByLabel(labels);
  const numbers = [...voxels.keys()].sort((a, b) => a - b);
  return [...fits].flatMap(([fit, maps]) =>
    numbers.flatMap((label) =>
      [...PARAMETERS, 'S0'].flatMap((parameter): RegionRow[] => {
        const map = maps.get(parameter);
        if (!map) return [];
        const of = voxels.get(label)!;
        const values = Float64Array.from(of, (i) => map[i]);
        return [
          { fit, label, region: nameOf(label), parameter, voxels: of.length, ...summaryStatistics(values) },
        ];
      }),
    ),
  );
}
