import type { Row } from '../contracts/metric.ts';
import type { Picture } from '../contracts/picture.ts';
import { PARAMETERS } from '../contracts/voxels.ts';

const PARAMETER_ORDER: readonly string[] = ['', ...PARAMETERS];

/**
 * Orders rows by what they say alone: experiment, fitter, factors (numbers as numbers), parameter, metric. So the
 * tables of two runs are the same bytes, whoever did the cells and in whatever order.
 */
export function compareRows(a: Row, b: Row): number {
  return (
    compareText(a.experiment, b.experiment) ||
    compareText(a.fitter, b.fitter) ||
    compareFactors(a.factors, b.factors) ||
    PARAMETER_ORDER.indexOf(a.parameter) - PARAMETER_ORDER.indexOf(b.parameter) ||
    compareText(a.metric, b.metric)
  );
}

/** The same for pictures. */
export function comparePictures(a: Picture, b: Picture): number {
  return (
    compareText(a.experiment, b.experiment) ||
    compareText(a.fitter, b.fitter) ||
    compareFactors(a.factors, b.factors) ||
    compareText(a.shows, b.shows)
  );
}

/** By code units: the order must not depend on the machine's language. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function compareFactors(a: Row['factors'], b: Row['factors']): number {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
  for (const name of names) {
    const order = compareFactor(a[name], b[name]);
    if (order !== 0) return order;
  }
  return 0;
}

/** Absent before numbers before words. */
function compareFactor(a: string | number | undefined, b: string | number | undefined): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  const rank = (value: string | number | undefined) =>
    value === undefined ? 0 : typeof value === 'number' ? 1 : 2;
  return rank(a) - rank(b);
}
