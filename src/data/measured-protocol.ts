import { InputError } from '../contracts/input-error.ts';
import { counted } from '../wording/counted.ts';
import { differentBValues, impossibleBValues, oddBValues, withExactZeros } from '../signal/b-values.ts';

/** How the columns of a file become the columns of `Signals`. */
export interface MeasuredProtocol {
  /** b-values of the result in s/mm², ascending, each once; the first is 0, or the lowest measured where no b=0 was. */
  readonly bValues: Float64Array;
  /** For every column of the file, its place in `bValues`. */
  readonly place: Int32Array;
  /** How many columns are averaged into each place; 0 for a b=0 that rows were divided by beforehand. */
  readonly repeats: Int32Array;
  /** Rows whose signals are all this near to 0 are background: one step of the scaling of integers, where they are scaled. */
  readonly zeroWithin?: number;
  /** What the user should know. */
  readonly notes: readonly string[];
}

/** Fewer tell nothing of perfusion and diffusion; fitters may need more, see `checkBValues`. */
const FEWEST_B_VALUES = 3;

/**
 * Sorts out measured b-values: repeated ones share a place, those that are 0 but for rounding are 0.
 * @param measured b-value of every column in s/mm²
 * @param normalised the rows were divided by a b=0 signal that is not among the columns: it is put back as 1
 * @param zeroWithin see `MeasuredProtocol`
 * @throws InputError where a b-value is impossible or fewer than three different ones remain
 */
export function measuredProtocol(
  measured: Float64Array,
  normalised: boolean,
  file: string,
  zeroWithin = 0,
): MeasuredProtocol {
  const notes: string[] = [];
  const exact = withExactZeros(measured);
  const fault = impossibleBValues(measured);
  if (fault !== undefined) throw new InputError(`${file}: ${fault}`);
  const distinct = [...new Set(exact)].sort((a, b) => a - b);
  if (normalised) {
    distinct.unshift(0);
    notes.push('there is no b=0 column: the rows count as already divided by their b=0 signal');
  }
  requireDifferent(file, distinct, FEWEST_B_VALUES);
  const rank = new Map(distinct.map((b, i) => [b, i]));
  const place = Int32Array.from(exact, (b) => rank.get(b)!);
  const repeats = new Int32Array(distinct.length);
  for (const at of place) repeats[at]++;
  const averaged = distinct.flatMap((b, i) => (repeats[i] > 1 ? [`${b} (${repeats[i]} times)`] : []));
  if (averaged.length > 0) notes.push(`repeated b-values are averaged: ${shorten(averaged)}`);
  notes.push(...oddBValues(distinct));
  return { bValues: Float64Array.from(distinct), place, repeats, zeroWithin, notes };
}

/** @throws InputError where there are fewer than `fewest` b-values, those of a jittering shell counting as one */
export function requireDifferent(subject: string, bValues: ArrayLike<number>, fewest: number): void {
  const different = differentBValues(bValues);
  if (different.length >= fewest) return;
  const counting = different[0] === 0 ? ', b=0 included' : '';
  throw new InputError(
    `${subject}: ${counted(different.length, 'different b-value')} (${different.join(', ')})${counting}; ` +
      `needs at least ${fewest}`,
  );
}

/** How many measurements each b-value's signal is the mean of; of a b=0 that isn't there, as of one. */
export function repeatsOf({ repeats }: MeasuredProtocol): Float64Array {
  return Float64Array.from(repeats, (count) => Math.max(1, count));
}

function shorten(list: readonly string[]): string {
  return list.length <= 8 ? list.join(', ') : `${list.slice(0, 6).join(', ')} and ${list.length - 6} more`;
}
