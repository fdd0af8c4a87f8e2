import { Mt19937 } from '../../random/mt19937.ts';

/** Counts up to this many bytes are kept; more are drawn again whenever they are gone through. */
const KEPT_BYTES = 2 ** 26;

/**
 * Bootstrap resamples of `n` voxels, each as how often every voxel was drawn (Efron 1979). Drawing counts once
 * serves every statistic and parameter of the same voxels.
 * @param seed integer 0..2³²-1
 */
export function resampleCounts(n: number, resamples: number, seed: number): Iterable<Uint8Array> {
  if (n * resamples <= KEPT_BYTES) return [...draw(n, resamples, seed)];
  return { [Symbol.iterator]: () => draw(n, resamples, seed) };
}

function* draw(n: number, resamples: number, seed: number): Generator<Uint8Array> {
  const random = new Mt19937(seed);
  for (let r = 0; r < resamples; r++) {
    const counts = new Uint8Array(n);
    // That one voxel is drawn 256 times has a probability below 1e-500.
    for (let drawn = 0; drawn < n; drawn++) counts[random.below(n)]++;
    yield counts;
  }
}
