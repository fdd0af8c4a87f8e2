/** Signals divided by b=0 are at most about 1. */
const MOST_NORMALISED = 1.5;

/** Rows by which it is judged whether a table without b=0 was divided by it. */
export const ROWS_JUDGED = 10_000;

/** What the rows of a table were divided by: nothing, their b=0 signal, or that at their lowest b-value. */
export type Division = 'measured' | 'b=0' | 'lowest';

/**
 * Judges by the signals at the lowest b-value what the rows of a table were divided by. With b=0 among its columns it makes no
 * difference.
 * @param values rows x b-values, row-major
 */
export function divisionOf(values: Float64Array, bValues: Float64Array): Division {
  if (bValues.includes(0)) return 'measured';
  const atLowest = signalsAtLowest(values, bValues);
  const median = atLowest.slice().sort()[atLowest.length >> 1];
  if (median > MOST_NORMALISED) return 'measured';
  // No measured signals are all the same, and signals divided by b=0 are less than 1 at any other b-value.
  return atLowest.length > 1 && atLowest.every((signal) => Math.abs(signal - 1) < 1e-9) ? 'lowest' : 'b=0';
}

/** Returns the finite signals at the lowest b-value. */
function signalsAtLowest(values: Float64Array, bValues: Float64Array): Float64Array {
  const lowest = bValues.indexOf(Math.min(...bValues));
  return values.filter((value, i) => i % bValues.length === lowest && Number.isFinite(value));
}

/** Returns what to report of the division of a table without b=0; that by b=0 is reported with the protocol. */
export function divisionNotes(dividedBy: Division, bValues: Float64Array): string[] {
  if (bValues.includes(0) || dividedBy === 'b=0') return [];
  return dividedBy === 'lowest'
    ? [
        `there is no b=0 column, and all signals at the lowest b-value, ${Math.min(...bValues)}, are 1: the rows count as ` +
          'divided by those, not by b=0',
      ]
    : ['there is no b=0 column, but signals are far above 1: they count as measured, not as divided by b=0'];
}
