/**
 * Returns quantiles of the finite values, linear between order statistics (Hyndman and Fan's type 7, as NumPy and R have it by
 * default); NaN where there is no finite value.
 * @param levels each 0..1
 */
export function quantiles(values: ArrayLike<number>, levels: readonly number[]): number[] {
  const finite = finiteOf(values);
  return levels.map((level) => {
    if (finite.length === 0) return NaN;
    const place = level * (finite.length - 1);
    const below = Math.floor(place);
    const low = select(finite, below);
    if (below === place) return low;
    // What lies behind the place is no less than what lies at it.
    let high = Infinity;
    for (let i = below + 1; i < finite.length; i++) if (finite[i] < high) high = finite[i];
    return low + (place - below) * (high - low);
  });
}

/**
 * Returns the k-th smallest value, counted from 0, and leaves no greater one before it and no smaller one behind it: Hoare's
 * selection (Communications of the ACM 1961;4:321), several times faster than sorting a map of some hundred thousand voxels.
 */
function select(values: Float64Array, k: number): number {
  let [left, right] = [0, values.length - 1];
  while (left < right) {
    const pivot = middle(values[left], values[(left + right) >> 1], values[right]);
    let [i, j] = [left, right];
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i > j) break;
      const kept = values[i];
      values[i++] = values[j];
      values[j--] = kept;
    }
    if (k <= j) right = j;
    else if (k >= i) left = i;
    else break;
  }
  return values[k];
}

/** Returns the second largest of three. */
function middle(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

/** Returns the finite ones of some values. A loop, since maps have hundreds of thousands. */
export function finiteOf(values: ArrayLike<number>): Float64Array {
  const kept = new Float64Array(values.length);
  let n = 0;
  for (let i = 0; i < values.length; i++) if (Number.isFinite(values[i])) kept[n++] = values[i];
  return kept.subarray(0, n);
}
