import { normalUpperTail, Z95 } from '../statistics/normal.ts';
import { scoreFault, undefinedOver, type Estimate } from './estimate.ts';
import { covariance, placements } from './placements.ts';

/** Two classifiers' scores of the same cases. */
export interface PairedScores {
  readonly first: ArrayLike<number>;
  readonly second: ArrayLike<number>;
  /** 1 (or true) for a positive case. */
  readonly positive: ArrayLike<number | boolean>;
}

/** The difference of two AUCs, first - second. */
export interface AucDifference extends Estimate {
  readonly variance: number;
  /** Covariance of the two AUCs. */
  readonly covariance: number;
  /** The difference in standard errors; 0 for equal scores, NaN where it is undefined. */
  readonly z: number;
  /** Two-sided. */
  readonly p: number;
}

/**
 * Compares the AUCs of two scores of the same cases (DeLong, DeLong and Clarke-Pearson, Biometrics 1988;44:837, for two
 * correlated curves): the variance of the difference is Var(first) + Var(second) - 2 Cov(first, second).
 */
export function compareAucs({ first, second, positive }: PairedScores): AucDifference {
  const n = positive.length;
  const fault = scoreFault({ scores: first, positive }) ?? scoreFault({ scores: second, positive });
  const undefinedFor = (note: string) => ({
    ...undefinedOver(n, note),
    variance: NaN,
    covariance: NaN,
    z: NaN,
    p: NaN,
  });
  if (fault !== undefined) return undefinedFor(fault);
  const a = placements({ scores: first, positive });
  const b = placements({ scores: second, positive });
  const [positives, negatives] = [a.ofPositives.length, a.ofNegatives.length];
  if (positives < 2 || negatives < 2) {
    return undefinedFor(`${positives} positive and ${negatives} negative cases; two of each are needed`);
  }
  const joint = (u: typeof a, v: typeof a) =>
    covariance(u.ofPositives, v.ofPositives) / positives +
    covariance(u.ofNegatives, v.ofNegatives) / negatives;
  const value = a.auc - b.auc;
  const shared = joint(a, b);
  const variance = joint(a, a) + joint(b, b) - 2 * shared;
  // Equal orders leave rounding for a variance.
  if (!(variance > 1e-15)) {
    const equal = Math.abs(value) < 1e-12;
    const note = 'the scores order the cases alike: their difference does not vary';
    return {
      ...{ value, low: equal ? 0 : NaN, high: equal ? 0 : NaN, n, variance: 0, covariance: shared },
      ...{ z: equal ? 0 : NaN, p: equal ? 1 : NaN, note },
    };
  }
  const error = Math.sqrt(variance);
  const z = value / error;
  return {
    ...{ value, low: value - Z95 * error, high: value + Z95 * error, n },
    ...{ variance, covariance: shared, z, p: 2 * normalUpperTail(Math.abs(z)) },
  };
}
