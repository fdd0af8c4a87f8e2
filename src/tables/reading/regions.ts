import type { Row } from '../../contracts/metric.ts';
import { REGION_ORDER } from '../../measures/regions.ts';
import { byName } from './series.ts';

/** `left_liver` as people write it. */
export const regionText = (region: string): string => region.replaceAll('_', ' ');

/** Regions, each once, in the order of the data set where rows tell it, others by name after them. */
export function inRegionOrder(rows: readonly Row[], regions: readonly string[]): string[] {
  const places = new Map(
    rows
      .filter(({ metric }) => metric === REGION_ORDER.name)
      .map(({ factors, value }) => [String(factors.region), value]),
  );
  const place = (region: string) => places.get(region) ?? Infinity;
  return [...new Set(regions)].sort((a, b) => (place(a) === place(b) ? byName(a, b) : place(a) - place(b)));
}
