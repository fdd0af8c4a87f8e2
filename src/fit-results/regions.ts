import { failedFrom, PARAMETERS, Status, type Estimates } from '../contracts/voxels.ts';
import type { Regions } from '../contracts/regions.ts';
import type { Line, TableContent } from '../contracts/table.ts';
import { quantityHeading, quantityOf } from '../measures/quantities.ts';
import { summaryStatistics, type SummaryStatistics } from './summary-statistics.ts';

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

/** The noise level of a voxel of every region whose mean has the noise of the region's: the root mean square. */
export function regionNoise({ labels, names }: Regions, status: Uint8Array, sigma: Float64Array): number[] {
  const place = new Map([...names.keys()].map((label, r) => [label, r]));
  const sums = new Array<number>(names.size).fill(0);
  const voxels = new Array<number>(names.size).fill(0);
  for (let i = 0; i < labels.length; i++) {
    const r = place.get(labels[i]);
    if (r === undefined || status[i] === Status.background || status[i] === Status.notFinite) continue;
    voxels[r]++;
    sums[r] += sigma[i] * sigma[i];
  }
  return sums.map((sum, r) => Math.sqrt(sum / voxels[r]));
}

/** Returns the voxels of every label above 0. */
function voxelsByLabel(labels: ArrayLike<number>): Map<number, number[]> {
  const voxels = new Map<number, number[]>();
  for (let i = 0; i < labels.length; i++) {
    if (!(labels[i] > 0)) continue;
    const of = voxels.get(labels[i]);
    if (of) of.push(i);
    else voxels.set(labels[i], [i]);
  }
  return voxels;
}

/** Statistics of a parameter over the voxels of a region that have an estimate. Plain data. */
export interface RegionStatistics extends SummaryStatistics {
  /** Number of the region in the label image. */
  readonly label: number;
  readonly region: string;
  readonly parameter: (typeof SHOWN)[number];
  /** Voxels of the region that are not background. */
  readonly voxels: number;
}

const SHOWN = ['S0', ...PARAMETERS] as const;

/** Maps of one fit by name, and the status of every voxel. */
interface FittedMaps {
  readonly maps: ReadonlyMap<string, ArrayLike<number>>;
  readonly status: ArrayLike<number>;
}

/** Computes statistics of S0, D, f and Dp over the voxels of each region, in the order of their names. */
export function regionStatistics(
  { labels, names }: Regions,
  { maps, status }: FittedMaps,
): RegionStatistics[] {
  const voxels = voxelsByLabel(labels);
  return [...names].flatMap(([label, region]) => {
    const inside = (voxels.get(label) ?? []).filter((i) => status[i] !== Status.background);
    return SHOWN.map((parameter): RegionStatistics => {
      const map = maps.get(parameter)!;
      const found = summaryStatistics(inside.map((i) => (status[i] < failedFrom ? map[i] : NaN)));
      return { label, region, parameter, voxels: inside.length, ...found };
    });
  });
}

/**
 * Statistics of regions as a table, for reports and as a file.
 * @param ofMeans estimates from the mean signal of each region, in the order of the regions: since the decay is not linear in its
 *   parameters, they differ from the means of the estimates; without them the table has no such column
 */
export function regionTable(
  statistics: readonly RegionStatistics[],
  ofMeans?: Pick<Estimates, 'S0' | 'D' | 'f' | 'Dp' | 'status'>,
): TableContent {
  const places = new Map([...new Set(statistics.map(({ label }) => label))].map((label, r) => [label, r]));
  const lines = statistics.map(({ label, region, parameter, voxels, n, ...found }): Line => {
    const { unit, scale } = quantityOf(parameter);
    const { mean, sd, median, lowerQuartile, upperQuartile } = found;
    return {
      values: [
        region,
        label,
        { raw: parameter, shown: quantityHeading(parameter) },
        unit,
        ...[voxels, n, 1 - n / voxels, mean, sd, median],
        ...[lowerQuartile, upperQuartile, upperQuartile - lowerQuartile],
        ...(ofMeans ? [ofMeans[parameter][places.get(label)!]] : []),
      ],
      scale,
    };
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
      ...(ofMeans ? [scaled('mean_signal_fit', 'fit of the mean signal')] : []),
    ],
    lines,
  };
}
