import { Mt19937 } from '../../random/mt19937.ts';

/** Counts of up to this many bytes are kept in memory; larger ones are drawn again on each pass. */
const KEPT_BYTES = 2 ** 26;

/**
 * Draws bootstrap resamples of `n` voxels, each as the number of times every voxel was drawn (Efron 1979). The same counts
 * serve every statistic and parameter of these voxels.
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
    // The probability that one voxel is drawn 256 times is below 1e-500.
    for (let drawn = 0; drawn < n; drawn++) counts[random.below(n)]++;
    yield counts;
  }
}
