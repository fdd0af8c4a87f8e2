/**
 * Returns the b-values of the signals of a protocol, one per column of `Signals`. Every measurement has its own column, except
 * those at b=0, by whose mean the others are divided.
 * @param measured s/mm², ascending, the first 0; each repeated as often as it is measured
 */
export function signalColumns(measured: ArrayLike<number>): Float64Array {
  const all = Float64Array.from(measured);
  return all.filter((b, k) => k === 0 || b > 0);
}

/**
 * Returns how many measurements the signal in each of these columns is the mean of; undefined if it is one everywhere. See
 * `FitTask.averages`.
 * @param measured as for `signalColumns`
 */
export function averagesOfColumns(measured: ArrayLike<number>): Float64Array | undefined {
  const columns = signalColumns(measured);
  const atZero = 1 + measured.length - columns.length;
  return atZero === 1 ? undefined : columns.map((_, k) => (k === 0 ? atZero : 1));
}
