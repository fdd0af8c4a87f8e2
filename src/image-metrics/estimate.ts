/** A statistic of cases with its 95 % interval. NaN where it, or the interval, is undefined; `note` then says why. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Cases it is of. */
  readonly n: number;
  readonly note?: string;
}

/** A statistic that these cases do not define. */
export const undefinedOver = (n: number, note: string): Estimate => ({
  value: NaN,
  low: NaN,
  high: NaN,
  n,
  note,
});

/** Cases with their true class and what a classifier says of each. */
export interface ScoredCases {
  /** One number per case, the larger the likelier positive: a probability, a logit, any score. */
  readonly scores: ArrayLike<number>;
  /** 1 (or true) for a positive case. */
  readonly positive: ArrayLike<number | boolean>;
}

/**
 * Why a statistic of scores is undefined for these cases; undefined where it is not.
 * @throws RangeError where there are not as many scores as classes
 */
export function scoreFault({ scores, positive }: ScoredCases): string | undefined {
  requireSameLength(scores, positive);
  if (scores.length === 0) return 'there are no cases';
  let bad = 0;
  for (let i = 0; i < scores.length; i++) if (Number.isNaN(scores[i])) bad++;
  return bad > 0 ? `${bad} of ${scores.length} scores are NaN` : undefined;
}

/**
 * The same for probabilities.
 * @throws RangeError where there are not as many as classes, or one is outside 0..1
 */
export function probabilityFault(cases: ScoredCases): string | undefined {
  const fault = scoreFault(cases);
  if (fault !== undefined) return fault;
  const { scores } = cases;
  for (let i = 0; i < scores.length; i++) {
    if (!(scores[i] >= 0 && scores[i] <= 1)) {
      throw new RangeError(`a probability is from 0 to 1; that of case ${i} is ${scores[i]}`);
    }
  }
  return undefined;
}

function requireSameLength(scores: ArrayLike<number>, positive: ArrayLike<unknown>): void {
  if (scores.length === positive.length) return;
  throw new RangeError(`${scores.length} scores of ${positive.length} cases`);
}
