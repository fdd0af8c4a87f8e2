import type { Signals } from '../contracts/voxels.ts';
import { settling } from '../plugins/settling.ts';

/**
 * Runs a fitter on voxels that others share, and checks that they are unchanged.
 * @throws Error if the fitter modified them
 * @throws InputError if its promise never settles
 */
export async function withInputGuard<T>(voxels: readonly Signals[], work: () => T | Promise<T>): Promise<T> {
  const before = voxels.map(fingerprint);
  const result = await settling('the fitter', work());
  if (voxels.every((signals, i) => fingerprint(signals) === before[i])) return result;
  throw new Error(
    'the fitter wrote into the voxels it was given, which other fitters use too: it may work on a copy, and write into `out` alone',
  );
}

/** Fowler, Noll and Vo's hash (FNV-1a) over the words of all numbers: changing any one number changes it. */
export function fingerprint({ bValues, values, scale, sigma }: Signals): number {
  let hash = 0x811c9dc5;
  for (const numbers of [bValues, values, scale, ...(sigma ? [sigma] : [])]) {
    const words = new Uint32Array(numbers.buffer, numbers.byteOffset, 2 * numbers.length);
    hash = hashWords(words, hash);
  }
  return hash;
}

function hashWords(words: Uint32Array, start: number): number {
  let hash = start;
  for (let i = 0; i < words.length; i++) hash = Math.imul(hash ^ words[i], 0x01000193);
  return hash;
}
