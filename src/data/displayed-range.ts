/** So many voxels tell where most values lie. */
const ENOUGH = 20_000;
/** The range ends above this share of the voxels. */
const NEARLY_ALL = 0.98;

/**
 * Returns the values between which viewers should spread their colours, for `cal_min` and `cal_max` of a header: 0 and what
 * nearly all voxels are below. Undefined for a map without positive values.
 */
export function displayedRange(map: Float32Array): readonly [number, number] | undefined {
  const step = Math.max(1, Math.floor(map.length / ENOUGH));
  const values: number[] = [];
  for (let i = 0; i < map.length; i += step) if (Number.isFinite(map[i])) values.push(map[i]);
  values.sort((a, b) => a - b);
  const top = values[Math.floor(NEARLY_ALL * (values.length - 1))] ?? 0;
  return top > 0 ? [0, top] : undefined;
}
