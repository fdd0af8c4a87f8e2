import { TRUTH, type Row } from '../../contracts/metric.ts';
import type { ValueWithInterval } from '../../contracts/table.ts';
import { ALL_REGIONS, DICE, READERS, SEGMENTATION_FLOORS } from '../../measures/segmentation.ts';
import { inRegionOrder } from './regions.ts';
import { byName } from './series.ts';
import { withInterval } from './with-interval.ts';

/** A way to mark regions, under one condition; or a reader. */
export interface SegmentationMethod {
  readonly method: string;
  /** `''` for the settings of the study. */
  readonly condition: string;
  /** `''` for whoever is none. */
  readonly reader: string;
  /** `reader1`, `unet`, or `unet, no augmentation`. */
  readonly name: string;
  readonly kind: 'reader' | 'network' | 'floor';
}

/** From the best on. */
const FLOORS: readonly string[] = [
  SEGMENTATION_FLOORS.connected,
  SEGMENTATION_FLOORS.position,
  SEGMENTATION_FLOORS.logistic,
];
const KINDS = ['reader', 'network', 'floor'] as const;

/** What was compared with the truth: readers, networks under the study's settings and then under conditions, floors. */
export function segmentationMethods(rows: readonly Row[]): SegmentationMethod[] {
  const found = new Map<string, SegmentationMethod>();
  for (const { metric, method, factors } of rows) {
    if (metric !== DICE.name || factors.reference !== TRUTH) continue;
    const [condition, reader] = [String(factors.condition ?? ''), String(factors.reader ?? '')];
    const name = reader === '' ? [method, condition].filter((part) => part !== '').join(', ') : reader;
    const kind = method === READERS ? 'reader' : FLOORS.includes(method) ? 'floor' : 'network';
    found.set(name, { method, condition, reader, name, kind });
  }
  return [...found.values()].sort(
    (a, b) =>
      KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) ||
      Number(a.condition !== '') - Number(b.condition !== '') ||
      FLOORS.indexOf(a.method) - FLOORS.indexOf(b.method) ||
      byName(a.name, b.name),
  );
}

/** The regions of a study in its order, the mean over all of them last. */
export function segmentedRegions(rows: readonly Row[]): string[] {
  const regions = rows.flatMap(({ metric, factors }) =>
    metric === DICE.name ? [String(factors.region)] : [],
  );
  const own = regions.filter((region) => region !== ALL_REGIONS);
  return [...inRegionOrder(rows, own), ...(regions.length > own.length ? [ALL_REGIONS] : [])];
}

/** One value of a method in a region. @param factors others, such as `reference` */
export function segmentationValue(
  rows: readonly Row[],
  { method, condition, reader }: Pick<SegmentationMethod, 'method' | 'condition' | 'reader'>,
  { name }: { readonly name: string },
  factors: Row['factors'],
): ValueWithInterval | null {
  const found = rows.find(
    (row) =>
      row.method === method &&
      row.metric === name &&
      Number.isFinite(row.value) &&
      (row.factors.condition ?? '') === condition &&
      (row.factors.reader ?? '') === reader &&
      Object.entries(factors).every(([factor, value]) => row.factors[factor] === value),
  );
  return withInterval(found);
}

/** The Dice of the second reader with the first in a region. */
export function readersAgreement(rows: readonly Row[], region: string): ValueWithInterval | null {
  const found = rows.find(
    ({ metric, method, factors }) =>
      metric === DICE.name && method === READERS && factors.reference !== TRUTH && factors.region === region,
  );
  return withInterval(found);
}
