import { quantileSorted } from 'simple-statistics';

/** What a box plot shows of a handful of values: the least, the quartiles and the most; undefined without values. */
export function box(
  values: readonly number[],
): readonly [number, number, number, number, number] | undefined {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  if (sorted.length === 0) return undefined;
  const at = (q: number) => quantileSorted(sorted, q);
  return [sorted[0], at(0.25), at(0.5), at(0.75), sorted[sorted.length - 1]];
}
