import { roundedToZero } from '../signal/b-values.ts';

/** A column of signals: its position in the table, and its b-value in s/mm². */
export interface SignalColumn {
  readonly column: number;
  readonly name: string;
  readonly b: number;
}

/** Suffixes for duplicate names, by pandas and R (.1, .2, …), tibble (...3) and polars (_duplicated_0). */
const REPEAT = /^(b[^.]*?(?:\.\d+)?(?:e[+-]?\d+)?)(?:\.(\d+)|\.\.\.\d+|_duplicated_\d+)$/i;
const NAME = /^b([+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/i;

/**
 * Finds the columns whose names are b-values: `b0`, `b10`, `b1e3`. Programs that require unique names turn a second `b0` into
 * `b0.1`, which is not a b-value of 0.1: a name with .1 (and .2, …) that follows the unsuffixed name is a repeat.
 * @returns the columns, and the names of repeats
 */
export function signalColumns(header: readonly string[]): {
  readonly columns: readonly SignalColumn[];
  readonly repeats: readonly string[];
} {
  const columns: SignalColumn[] = [];
  const repeats: string[] = [];
  header.forEach((name, column) => {
    const original = originalOf(name, header);
    const found = NAME.exec(original ?? name);
    // A b-value below 0 is one only if it is 0 with a rounding error.
    if (!found || roundedToZero(Number(found[1])) < 0) return;
    if (original !== undefined) repeats.push(`${name} of ${original}`);
    columns.push({ column, name, b: Number(found[1]) });
  });
  return { columns, repeats };
}

/** Returns the name that `name` repeats; undefined if it is not a repeat. */
function originalOf(name: string, header: readonly string[]): string | undefined {
  const found = REPEAT.exec(name);
  if (!found) return undefined;
  const [, base, number] = found;
  if (number === undefined) return NAME.test(base) ? base : undefined;
  // Repeats are numbered from .1 without a gap, after the name itself.
  const earlier = Array.from({ length: Math.min(1_000, Number(number)) }, (_, k) =>
    k === 0 ? base : `${base}.${k}`,
  );
  const isRepeat = NAME.test(base) && Number(number) > 0 && String(Number(number)) === number;
  return isRepeat && earlier.every((each) => header.includes(each)) ? base : undefined;
}
