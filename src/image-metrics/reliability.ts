import { shareInterval } from '../statistics/share-interval.ts';
import type { ScoredCases } from './estimate.ts';

/** A bin of a reliability diagram: cases whose probability lies in `from` <= p < `to`, or p = 1 in the last. */
export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  readonly n: number;
  /** Mean probability of its cases; NaN in an empty bin. */
  readonly predicted: number;
  /** Share of positive cases among them, with Wilson's 95 % interval; NaN in an empty bin. */
  readonly observed: number;
  readonly low: number;
  readonly high: number;
}

/** Bins of equal width where nothing else is asked for, as Guo et al. (2017) have fewer or more of by sample size. */
export const RELIABILITY_BINS = 10;

/** The index of the bin, of `bins` equally wide ones, that a probability falls into. */
export const binOf = (probability: number, bins: number): number =>
  Math.min(bins - 1, Math.floor(probability * bins));

/** What a reliability diagram shows, bin by bin (DeGroot and Fienberg, Statistician 1983;32:12). */
export function reliabilityBins(
  { scores, positive }: ScoredCases,
  bins: number = RELIABILITY_BINS,
): ReliabilityBin[] {
  const n = new Uint32Array(bins);
  const hits = new Uint32Array(bins);
  const sums = new Float64Array(bins);
  for (let i = 0; i < scores.length; i++) {
    const bin = binOf(scores[i], bins);
    n[bin]++;
    sums[bin] += scores[i];
    if (positive[i]) hits[bin]++;
  }
  return Array.from(n, (count, bin) => ({
    from: bin / bins,
    to: (bin + 1) / bins,
    n: count,
    predicted: sums[bin] / count,
    observed: hits[bin] / count,
    ...shareInterval(hits[bin], count),
  }));
}
