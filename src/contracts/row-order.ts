import type { Row } from './metric.ts';
import type { Picture } from './picture.ts';
import { PARAMETERS } from './voxels.ts';

const FIRST_QUANTITIES: readonly string[] = ['', ...PARAMETERS];

/**
 * Orders rows by their content alone: experiment, fitter, factors (numbers as numbers), parameter, metric. The tables of two
 * runs are therefore identical to the byte, whatever the order in which cells ran and on whichever machine.
 */
export function compareRows(a: Row, b: Row): number {
  return (
    compareNames(a.experiment, b.experiment) ||
    compareNames(a.method, b.method) ||
    compareFactors(a.factors, b.factors) ||
    compareQuantities(a.parameter, b.parameter) ||
    compareNames(a.metric, b.metric)
  );
}

/** Orders quantities: '' first, then D, f and Dp, then others by name. */
export function compareQuantities(a: string, b: string): number {
  const [x, y] = [a, b].map((name) => {
    const place = FIRST_QUANTITIES.indexOf(name);
    return place < 0 ? FIRST_QUANTITIES.length : place;
  });
  return x - y || compareNames(a, b);
}

/** Orders pictures likewise. */
export function comparePictures(a: Picture, b: Picture): number {
  return (
    compareNames(a.experiment, b.experiment) ||
    compareNames(a.method, b.method) ||
    compareFactors(a.factors, b.factors) ||
    compareNames(a.quantity, b.quantity)
  );
}

/**
 * Orders names naturally, `depth 2` before `depth 10`: by code units, except for runs of digits, which compare as numbers.
 * Independent of the locale, so that the order is the same on every machine.
 */
export function compareNames(a: string, b: string): number {
  if (a === b) return 0;
  const [x, y] = [a, b].map((name) => name.match(/\d+|\D/gs) ?? []);
  for (let i = 0; i < Math.min(x.length, y.length); i++) {
    const order = compareParts(x[i], y[i]);
    if (order !== 0) return order;
  }
  return x.length - y.length || compareText(a, b);
}

function compareParts(a: string, b: string): number {
  if (!/\d/.test(a) || !/\d/.test(b)) return compareText(a, b);
  const [x, y] = [a, b].map((digits) => digits.replace(/^0+/, ''));
  return x.length - y.length || compareText(x, y);
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function compareFactors(a: Row['factors'], b: Row['factors']): number {
  if (a === b) return 0;
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
  for (const name of names) {
    const order = compareFactor(a[name], b[name]);
    if (order !== 0) return order;
  }
  return 0;
}

/** Orders absent values before numbers, and numbers before strings. */
function compareFactor(a: string | number | undefined, b: string | number | undefined): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return compareNames(a, b);
  const rank = (value: string | number | undefined) =>
    value === undefined ? 0 : typeof value === 'number' ? 1 : 2;
  return rank(a) - rank(b);
}
