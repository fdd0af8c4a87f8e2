import { InputError } from '../contracts/input-error.ts';
import { counted, oneOrMore } from '../wording/counted.ts';

/** Ratings of targets by raters: a region of a subject measured by readers, a sample tested by laboratories. */
export interface Ratings {
  readonly targets: number;
  readonly raters: number;
  /** targets x raters, row-major, in any unit. NaN is a missing rating, which only `completeRatings` accepts. */
  readonly values: Float64Array;
  /** Names of targets and raters in messages; without them they are numbered from 1. */
  readonly targetNames?: readonly string[];
  readonly raterNames?: readonly string[];
}

/**
 * @throws InputError if there are fewer than `least` targets or two raters, or a rating is not finite
 * @throws RangeError if the array's length is not targets x raters
 */
export function requireRatings(ratings: Ratings, least: 1 | 2 = 2): void {
  const { targets, raters, values } = ratings;
  if (values.length !== targets * raters) {
    throw new RangeError(`${values.length} values are not ${targets} targets x ${raters} raters`);
  }
  if (targets < least)
    throw new InputError(`ratings of ${counted(targets, 'target')}; at least ${least} needed`);
  if (raters < 2) throw new InputError(`ratings by ${counted(raters, 'rater')}; at least 2 are needed`);
  for (let at = 0; at < values.length; at++) {
    if (!Number.isFinite(values[at])) {
      throw new InputError(`${ratingName(ratings, at)} is ${values[at]}; allowed: finite numbers`);
    }
  }
}

/** Describes a rating. @param at its index in `values` */
function ratingName(ratings: Ratings, at: number): string {
  const target = Math.floor(at / ratings.raters);
  const rater = at % ratings.raters;
  return `the rating of target ${targetName(ratings, target)} by rater ${ratings.raterNames?.[rater] ?? rater + 1}`;
}

export const targetName = (ratings: Ratings, target: number): string =>
  ratings.targetNames?.[target] ?? String(target + 1);

/** Returns the ratings of some targets, in the order given; a target may be left out, as by a jackknife, or occur more than once. */
export function takeTargets(ratings: Ratings, targets: ArrayLike<number>): Ratings {
  const { raters, values, targetNames, raterNames } = ratings;
  const taken = new Float64Array(targets.length * raters);
  for (let i = 0; i < targets.length; i++) {
    taken.set(values.subarray(targets[i] * raters, (targets[i] + 1) * raters), i * raters);
  }
  return {
    targets: targets.length,
    raters,
    values: taken,
    ...(targetNames ? { targetNames: Array.from(targets, (target) => targetNames[target]) } : {}),
    ...(raterNames ? { raterNames } : {}),
  };
}

/** How to handle missing ratings: refuse them, or drop every target that lacks one (listwise deletion). */
export const MISSING_POLICIES = ['refuse', 'drop'] as const;
export type MissingPolicy = (typeof MISSING_POLICIES)[number];

export interface CompleteRatings {
  readonly ratings: Ratings;
  /** Number of NaN ratings. */
  readonly missing: number;
  /** Indices of the dropped targets in the input. */
  readonly dropped: readonly number[];
}

/** @throws InputError naming a missing rating if they are refused, or if dropping leaves no target */
export function completeRatings(ratings: Ratings, policy: MissingPolicy): CompleteRatings {
  const { targets, raters, values } = ratings;
  const kept: number[] = [];
  const dropped: number[] = [];
  let missing = 0;
  let first = -1;
  for (let target = 0; target < targets; target++) {
    const before = missing;
    for (let at = target * raters; at < (target + 1) * raters; at++) {
      if (!Number.isNaN(values[at])) continue;
      if (missing++ === 0) first = at;
    }
    (missing > before ? dropped : kept).push(target);
  }
  if (missing === 0) return { ratings, missing, dropped };
  if (policy === 'refuse') {
    throw new InputError(
      `${missing} of ${counted(values.length, 'rating')} ${oneOrMore(missing, 'is', 'are')} missing, first ` +
        `${ratingName(ratings, first)}`,
    );
  }
  if (kept.length === 0)
    throw new InputError(`each of ${counted(targets, 'target')} lacks a rating; none is left`);
  return { ratings: takeTargets(ratings, kept), missing, dropped };
}
