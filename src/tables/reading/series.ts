import type { Row } from '../../contracts/metric.ts';

/**
 * Returns the name of the series of a row that is drawn or listed against `axes`: its method and all other factors. Rows of one
 * series differ only in `axes`.
 */
export function seriesName(row: Row, axes: readonly string[]): string {
  const others = Object.keys(row.factors)
    .filter((factor) => !axes.includes(factor))
    .sort()
    .map((factor) => `${factor} ${row.factors[factor]}`);
  return [row.method, ...others].join(' · ');
}

/** Sorts names with their numbers: `depth 2` before `depth 10`, equally on every machine. */
export { compareNames as byName } from '../../contracts/row-order.ts';
