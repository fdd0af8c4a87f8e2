import { InputError } from '../contracts/input-error.ts';

/** How the columns of a file become the columns of `Signals`. */
export interface Scheme {
  /** b-values of the result in s/mm², ascending, each once, the first 0. */
  readonly bValues: Float64Array;
  /** For every column of the file, its place in `bValues`. */
  readonly place: Int32Array;
  /** How many columns are averaged into each place; 0 for a b=0 that rows were divided by beforehand. */
  readonly repeats: Int32Array;
  /** What the user should know. */
  readonly notes: readonly string[];
}

/** Three unknowns after the division by b=0 need three more b-values. */
const FEWEST_B_VALUES = 4;

/**
 * Sorts out measured b-values: repeated ones share a place, and the lowest counts as b=0 where none is.
 * @param measured b-value of every column in s/mm²
 * @param normalised the rows were divided by a b=0 signal that is not among the columns: it is put back as 1
 * @throws InputError where fewer than four different b-values remain
 */
export function schemeOf(measured: Float64Array, normalised: boolean, file: string): Scheme {
  const notes: string[] = [];
  const distinct = [...new Set(measured)].sort((a, b) => a - b);
  if (normalised) {
    distinct.unshift(0);
    notes.push('there is no b=0 column: the rows count as already divided by their b=0 signal');
  }
  if (distinct.length < FEWEST_B_VALUES) {
    throw new InputError(
      `${file}: ${distinct.length} different b-values (${distinct.join(', ')}), b=0 included; ` +
        `fitting D, f and Dp needs at least ${FEWEST_B_VALUES}`,
    );
  }
  const rank = new Map(distinct.map((b, i) => [b, i]));
  const place = Int32Array.from(measured, (b) => rank.get(b)!);
  const repeats = new Int32Array(distinct.length);
  for (const at of place) repeats[at]++;
  if (distinct[0] > 0) {
    notes.push(`no volume has b=0: the lowest b-value, ${distinct[0]} s/mm², counts as b=0`);
    distinct[0] = 0;
  }
  const averaged = distinct.flatMap((b, i) => (repeats[i] > 1 ? [`${b} (${repeats[i]} times)`] : []));
  if (averaged.length > 0) notes.push(`repeated b-values are averaged: ${shorten(averaged)}`);
  const largest = distinct[distinct.length - 1];
  if (largest < 20) {
    notes.push(`the largest b-value is ${largest}: b-values are read in s/mm², are these in ms/µm²?`);
  }
  return { bValues: Float64Array.from(distinct), place, repeats, notes };
}

/** How many measurements each b-value's signal is the mean of; of a b=0 that isn't there, as of one. */
export function repeatsOf({ repeats }: Scheme): Float64Array {
  return Float64Array.from(repeats, (count) => Math.max(1, count));
}

function shorten(list: readonly string[]): string {
  return list.length <= 8 ? list.join(', ') : `${list.slice(0, 6).join(', ')} and ${list.length - 6} more`;
}
