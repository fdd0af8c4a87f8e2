import type { Row } from '../../contracts/metric.ts';
import { REGION_ORDER } from '../../measures/regions.ts';
import { byName } from './series.ts';

/** Formats the name of a region: `left liver` for `left_liver`. */
export const regionText = (region: string): string => region.replaceAll('_', ' ');

/** Returns regions, each once, in the order of the data set if rows contain it; others follow by name. */
export function inRegionOrder(rows: readonly Row[], regions: readonly string[]): string[] {
  const places = new Map(
    rows
      .filter(({ metric }) => metric === REGION_ORDER.name)
      .map(({ factors, value }) => [String(factors.region), value]),
  );
  const place = (region: string) => places.get(region) ?? Infinity;
  return [...new Set(regions)].sort((a, b) => (place(a) === place(b) ? byName(a, b) : place(a) - place(b)));
}
