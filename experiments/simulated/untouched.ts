import type { Signals } from '../../src/contracts/voxels.ts';
import { forgetVoxels } from './voxel-sets.ts';

/**
 * Carries out a fitter's work on voxels that others use too, and sees to it that they are afterwards what they were before.
 *
 * @throws Error where the fitter wrote into them, whatever came of its work; they are then simulated anew for the next
 */
export async function withInputGuard<T>(voxels: readonly Signals[], work: () => T | Promise<T>): Promise<T> {
  const before = voxels.map(fingerprint);
  const isTouched = () => voxels.some((signals, i) => fingerprint(signals) !== before[i]);
  let result: T;
  try {
    result = await work();
  } catch (error) {
    if (isTouched()) forgetVoxels();
    throw error;
  }
  if (!isTouched()) return result;
  forgetVoxels();
  throw new Error(
    'the fitter wrote into the voxels it was given, which are others’ too: it may work on a copy, and write into `out` alone',
  );
}

/** Fowler, Noll and Vo's hash (FNV-1a) over the words of all numbers: any change of one number changes it. */
function fingerprint({ bValues, values, scale, sigma }: Signals): number {
  let hash = 0x811c9dc5;
  for (const numbers of [bValues, values, scale, ...(sigma ? [sigma] : [])]) {
    const words = new Uint32Array(numbers.buffer, numbers.byteOffset, 2 * numbers.length);
    hash = hashOf(words, hash);
  }
  return hash;
}

function hashOf(words: Uint32Array, start: number): number {
  let hash = start;
  for (let i = 0; i < words.length; i++) hash = Math.imul(hash ^ words[i], 0x01000193);
  return hash;
}
