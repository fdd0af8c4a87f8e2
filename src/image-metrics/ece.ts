import { Mt19937 } from '../random/mt19937.ts';
import { deriveSeed } from '../random/seed.ts';
import { probabilityFault, undefinedOver, type Estimate, type ScoredCases } from './estimate.ts';
import { binOf, RELIABILITY_BINS } from './reliability.ts';

export interface EceOptions {
  /** Bins of equal width. */
  readonly bins?: number;
  /** Resamples of the interval. */
  readonly resamples?: number;
  /** Integer that decides the resamples. */
  readonly seed?: number;
}

/**
 * Expected calibration error: over `bins` equally wide bins of the probability, the mean of |share of positive cases - mean
 * probability|, weighted by the cases in each (Naeini, Cooper and Hauskrecht, AAAI 2015, for the probability of one class).
 *
 * It is never negative, and scatter alone makes it larger: with few cases per bin a perfect classifier has an ECE well above
 * 0. Percentiles of a bootstrap add the same scatter once more, so the 95 % interval is the basic bootstrap's over cases
 * (Davison and Hinkley 1997, section 5.2), 2 value - quantile, cut off at 0 and 1 and never ending below the value.
 * @throws RangeError where a score is outside 0..1
 */
export function ece(
  cases: ScoredCases,
  { bins = RELIABILITY_BINS, resamples = 1000, seed = 0 }: EceOptions = {},
): Estimate {
  const { scores, positive } = cases;
  const n = scores.length;
  const fault = probabilityFault(cases);
  if (fault !== undefined) return undefinedOver(n, fault);
  const bin = Uint32Array.from(scores, (p) => binOf(p, bins));
  const gap = Float64Array.from(scores, (p, i) => Number(positive[i]) - p);
  const sums = new Float64Array(bins);
  const total = () => sums.reduce((sum, each) => sum + Math.abs(each), 0) / n;
  for (let i = 0; i < n; i++) sums[bin[i]] += gap[i];
  const value = total();
  const random = new Mt19937(deriveSeed(seed, 'ece'));
  const replicates = new Float64Array(resamples);
  for (let r = 0; r < resamples; r++) {
    sums.fill(0);
    for (let k = 0; k < n; k++) {
      const i = random.below(n);
      sums[bin[i]] += gap[i];
    }
    replicates[r] = total();
  }
  replicates.sort();
  const quantile = (q: number) => replicates[Math.round(q * (resamples - 1))];
  return {
    value,
    low: Math.max(0, 2 * value - quantile(0.975)),
    high: Math.min(1, Math.max(value, 2 * value - quantile(0.025))),
    n,
  };
}
