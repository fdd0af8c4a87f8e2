/**
 * The b-values of the signals that a protocol gives, one per column of `Signals`: every measurement has its own, but those at b=0,
 * whose mean is what the others are divided by.
 * @param measured s/mm², ascending, the first 0; as often as they are measured
 */
export function signalColumns(measured: ArrayLike<number>): Float64Array {
  const all = Float64Array.from(measured);
  return all.filter((b, k) => k === 0 || b > 0);
}
