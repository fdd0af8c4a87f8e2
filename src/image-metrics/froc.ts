import { QuickRandom } from '../random/quick-random.ts';
import type { Estimate } from './estimate.ts';

/** What a method takes for lesions in one scan. */
export interface Detections {
  /** Number of true lesions, which are numbered from 0. */
  readonly lesions: number;
  readonly candidates: readonly {
    readonly score: number;
    /** The lesions that the candidate touches; none: a false positive. */
    readonly touches: readonly number[];
  }[];
}

/**
 * The largest share of lesions that are found, over thresholds of the score, with no more false positives per scan (Chakraborty 2002, free-response operating
 * characteristic). Several candidates that touch one lesion find it once. NaN without a lesion.
 * @param most false positives per scan
 */
export function sensitivityAt(scans: readonly Detections[], most: number): number {
  const total = scans.reduce((sum, { lesions }) => sum + lesions, 0);
  if (total === 0) return NaN;
  const all = scans
    .flatMap(({ candidates }, scan) => candidates.map((candidate) => ({ ...candidate, scan })))
    .sort((a, b) => b.score - a.score);
  const found = new Set<string>();
  let [best, wrong] = [0, 0];
  for (let i = 0; i < all.length;) {
    // Candidates of one score pass a threshold together.
    const { score } = all[i];
    for (; i < all.length && all[i].score === score; i++) {
      const { touches, scan } = all[i];
      if (touches.length === 0) wrong++;
      for (const lesion of touches) found.add(`${scan} ${lesion}`);
    }
    if (wrong > most * scans.length) break;
    best = found.size / total;
  }
  return best;
}

/** False positives per scan where every candidate counts. */
export const falsePositives = (scans: readonly Detections[]): number =>
  scans.reduce(
    (sum, { candidates }) => sum + candidates.filter(({ touches }) => touches.length === 0).length,
    0,
  ) / scans.length;

const SAMPLES = 1000;

/** A statistic of scans with its 95 % percentile interval over bootstrap samples of scans, one of each person. */
export function overScans(
  scans: readonly Detections[],
  statistic: (some: readonly Detections[]) => number,
  seed: number,
): Estimate {
  const random = new QuickRandom(seed);
  const values = Array.from({ length: SAMPLES }, () =>
    statistic(scans.map(() => scans[Math.floor(scans.length * random.uniform())])),
  )
    .filter((value) => !Number.isNaN(value))
    .sort((a, b) => a - b);
  const at = (share: number) => values[Math.round(share * (values.length - 1))] ?? NaN;
  return { value: statistic(scans), low: at(0.025), high: at(0.975), n: scans.length };
}
