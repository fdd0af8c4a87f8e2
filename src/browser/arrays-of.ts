import type { Estimates } from '../contracts/voxels.ts';

/** Returns all arrays of estimates, whatever they hold, in an order that depends on their names alone. */
export function arraysOf(estimates: Estimates): (Float64Array | Uint8Array)[] {
  const found: (Float64Array | Uint8Array)[] = [];
  const add = (of: object): void => {
    for (const [, value] of Object.entries(of).sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (value instanceof Float64Array || value instanceof Uint8Array) found.push(value);
      else if (typeof value === 'object' && value !== null) add(value as object);
    }
  };
  add(estimates);
  return found;
}
