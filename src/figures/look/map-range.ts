/** The number below which a share `q`, 0..1, of those above 0 lie; 0 where there are none. */
export function quantileOf(map: Float32Array, q: number): number {
  const values = map.filter((value) => Number.isFinite(value) && value > 0).sort();
  return values[Math.floor(q * (values.length - 1))] ?? 0;
}

/**
 * Where a scale of several maps should end: somewhat above what nearly all voxels of a typical map have. One noisy
 * map among them does not decide.
 */
export function topOfMaps(maps: readonly Float32Array[]): number {
  const tops = maps.map((map) => quantileOf(map, 0.95)).sort((a, b) => a - b);
  return roundUp(1.15 * (tops[(tops.length - 1) >> 1] ?? 0));
}

/** The next round number; 1 for 0, so that a scale has an end. */
export function roundUp(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = STEPS.find((each) => each * power >= value * (1 - 1e-9))!;
  return Number((step * power).toPrecision(3));
}

const STEPS = [1, 1.2, 1.5, 2, 2.5, 3, 3.5, 4, 5, 6, 8, 10];
