/**
 * Returns quantiles of the finite values, linear between order statistics (Hyndman and Fan's type 7, as NumPy and R have it by
 * default); NaN where there is no finite value.
 * @param levels each 0..1
 */
export function quantiles(values: ArrayLike<number>, levels: readonly number[]): number[] {
  const sorted = Float64Array.from(values).filter(Number.isFinite).sort();
  return levels.map((level) => {
    if (sorted.length === 0) return NaN;
    const place = level * (sorted.length - 1);
    const below = Math.floor(place);
    const above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  });
}
