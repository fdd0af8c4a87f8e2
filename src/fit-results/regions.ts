import { failedFrom, PARAMETERS, Status, type Estimates } from '../contracts/voxels.ts';
import type { Regions } from '../contracts/regions.ts';
import type { Line, TableContent } from '../contracts/table.ts';
import { quantityHeading, quantityOf } from '../measures/quantities.ts';
import { summaryStatistics } from './summary-statistics.ts';

/** Mean signals of regions, as measured. */
export interface RegionSignals {
  /** Voxels per region whose signals can be fitted, in the order of `Regions.names`. */
  readonly voxels: readonly number[];
  /** regions x columns, row-major; NaN for a region without such a voxel. */
  readonly means: Float64Array;
}

/** Adds up signals region by region, piece by piece. */
export function regionSignals({ labels, names }: Regions, status: Uint8Array, columns: number) {
  const place = new Map([...names.keys()].map((label, r) => [label, r]));
  const sums = new Float64Array(names.size * columns);
  const voxels = new Array<number>(names.size).fill(0);
  return {
    /** @param raw rows of `columns` signals, of the voxels from `first` on */
    add: (first: number, count: number, raw: Float64Array): void => {
      for (let i = 0; i < count; i++) {
        const r = place.get(labels[first + i]);
        const code = status[first + i];
        if (r === undefined || code === Status.background || code === Status.notFinite) continue;
        voxels[r]++;
        for (let c = 0; c < columns; c++) sums[r * columns + c] += raw[i * columns + c];
      }
    },
    means: (): RegionSignals => ({
      voxels,
      means: sums.map((sum, at) => sum / voxels[Math.floor(at / columns)]),
    }),
  };
}

/** Returns the voxels of every label above 0, ascending. */
export function voxelsByLabel(labels: ArrayLike<number>): Map<number, number[]> {
  const voxels = new Map<number, number[]>();
  for (let i = 0; i < labels.length; i++) {
    if (!(labels[i] > 0)) continue;
    const of = voxels.get(labels[i]);
    if (of) of.push(i);
    else voxels.set(labels[i], [i]);
  }
  return voxels;
}

/**
 * Statistics of S0, D, f and Dp over the voxels of each region, and the estimate from the mean signal of the region: since the
 * decay is not linear in its parameters, it differs from the mean of the estimates.
 * @param ofMeans estimates from mean signals, in the order of `regions.names`
 */
export function regionTable(
  regions: Regions,
  { maps, status }: { readonly maps: ReadonlyMap<string, Float32Array>; readonly status: Uint8Array },
  ofMeans: Pick<Estimates, 'S0' | 'D' | 'f' | 'Dp' | 'status'>,
): TableContent {
  const voxels = voxelsByLabel(regions.labels);
  const lines = [...regions.names].flatMap(([label, region], r) => {
    const inside = (voxels.get(label) ?? []).filter((i) => status[i] !== Status.background);
    return (['S0', ...PARAMETERS] as const).map((name): Line => {
      const { unit, scale } = quantityOf(name);
      const map = maps.get(name)!;
      const found = summaryStatistics(inside.map((i) => (status[i] < failedFrom ? map[i] : NaN)));
      const { n, mean, median, sd, lowerQuartile, upperQuartile } = found;
      return {
        values: [
          region,
          label,
          { raw: name, shown: quantityHeading(name) },
          unit,
          inside.length,
          n,
          1 - n / inside.length,
          mean,
          sd,
          median,
          lowerQuartile,
          upperQuartile,
          upperQuartile - lowerQuartile,
          ofMeans[name][r],
        ],
        scale,
      };
    });
  });
  const scaled = (name: string, label: string) => ({ name, label, scaled: true });
  const inFile = (name: string) => ({ name, label: name, csvOnly: true });
  return {
    columns: [
      { name: 'region', label: 'region' },
      inFile('label'),
      { name: 'parameter', label: 'parameter' },
      inFile('unit'),
      inFile('voxels'),
      { name: 'n', label: 'voxels' },
      { name: 'failed_fraction', label: 'failed', digits: 2 },
      scaled('mean', 'mean'),
      scaled('sd', 'SD'),
      scaled('median', 'median'),
      inFile('lower_quartile'),
      inFile('upper_quartile'),
      scaled('iqr', 'IQR'),
      scaled('mean_signal_fit', 'fit of the mean signal'),
    ],
    lines,
  };
}
