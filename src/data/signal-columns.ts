/**
 * Returns the b-values of the signals of a protocol, one per column of `Signals`. Every measurement has its own column, except
 * those at b=0, by whose mean the others are divided.
 * @param measured s/mm², ascending, the first 0; each repeated as often as it is measured
 */
export function signalColumns(measured: ArrayLike<number>): Float64Array {
  const all = Float64Array.from(measured);
  return all.filter((b, k) => k === 0 || b > 0);
}
