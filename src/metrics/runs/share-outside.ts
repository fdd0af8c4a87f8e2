/** Share of the finite estimates outside a range. */
export function shareOutside(estimates: Float64Array, [low, high]: readonly [number, number]): number {
  const finite = estimates.filter(Number.isFinite);
  return finite.filter((value) => value < low || value > high).length / finite.length;
}
