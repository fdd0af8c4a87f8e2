/**
 * Returns quantiles of the finite values, linear between order statistics (Hyndman and Fan's type 7, as NumPy and R have it by
 * default); NaN where there is no finite value.
 * @param levels each 0..1
 */
export function quantiles(values: ArrayLike<number>, levels: readonly number[]): number[] {
  const sorted = finiteOf(values).sort();
  return levels.map((level) => {
    if (sorted.length === 0) return NaN;
    const place = level * (sorted.length - 1);
    const below = Math.floor(place);
    const above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  });
}

/** Returns the finite ones of some values. A loop, since maps have hundreds of thousands. */
export function finiteOf(values: ArrayLike<number>): Float64Array {
  const kept = new Float64Array(values.length);
  let n = 0;
  for (let i = 0; i < values.length; i++) if (Number.isFinite(values[i])) kept[n++] = values[i];
  return kept.subarray(0, n);
}
