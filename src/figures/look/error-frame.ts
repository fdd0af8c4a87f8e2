/** The quartiles and outer quantiles of one sample of errors. */
export interface Spread {
  readonly q05: number;
  readonly q25: number;
  readonly q75: number;
  readonly q95: number;
}

/** Beyond this many times the typical box, whiskers would squash the boxes. */
const TOO_FAR = 15;
const ENOUGH = 4;

/**
 * From where to where a frame with zero in it should reach. Everything, unless the longest whisker is more than fifteen
 * times the typical box (as where a fit runs to its bound): then four times the typical box to either side, so that
 * the boxes can be read.
 */
export function errorFrame(spreads: readonly Spread[]): readonly [number, number] {
  const low = Math.min(0, ...spreads.map(({ q05 }) => q05));
  const high = Math.max(0, ...spreads.map(({ q95 }) => q95));
  const boxes = spreads.map(({ q25, q75 }) => Math.max(Math.abs(q25), Math.abs(q75))).sort((a, b) => a - b);
  const typical = boxes[Math.floor((boxes.length - 1) / 2)] ?? 0;
  const reach = Math.max(-low, high);
  const limit = typical > 0 && reach > TOO_FAR * typical ? ENOUGH * typical : Infinity;
  const margin = 0.04 * (Math.min(high, limit) - Math.max(low, -limit)) || 1;
  return [Math.max(low, -limit) - margin, Math.min(high, limit) + margin];
}
