import type { Row } from '../../contracts/metric.ts';

/**
 * Name of the line a row belongs to when it is drawn or listed against `axes`: its fitter, and whatever other
 * factors it was measured under. Two rows of one series differ in `axes` alone.
 */
export function seriesName(row: Row, axes: readonly string[]): string {
  const others = Object.keys(row.factors)
    .filter((factor) => !axes.includes(factor))
    .sort()
    .map((factor) => `${factor} ${row.factors[factor]}`);
  return [row.method, ...others].join(' · ');
}

/** Names as people expect them: `depth 2` before `depth 10`, and the same on every machine. */
export { compareNames as byName } from '../../contracts/row-order.ts';
