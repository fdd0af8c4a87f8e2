import type { Signals } from '../contracts/voxels.ts';

/** Concatenates sets of voxels with the same b-values. */
export function joinVoxels(sets: readonly Signals[]): Signals {
  return {
    bValues: sets[0].bValues,
    n: sets.reduce((sum, { n }) => sum + n, 0),
    values: joined(sets.map(({ values }) => values)),
    scale: joined(sets.map(({ scale }) => scale)),
    ...(sets.every(({ sigma }) => sigma) ? { sigma: joined(sets.map(({ sigma }) => sigma!)) } : {}),
  };
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
