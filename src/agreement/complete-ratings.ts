import { InputError } from '../contracts/input-error.ts';
import { count, ratingName, type Ratings } from './ratings.ts';
import { takeTargets } from './take-targets.ts';

/** What to do about missing ratings: refuse them, or leave out every target that lacks one (listwise). */
export const MISSING_POLICIES = ['refuse', 'drop'] as const;
export type MissingPolicy = (typeof MISSING_POLICIES)[number];

export interface CompleteRatings {
  readonly ratings: Ratings;
  /** How many ratings were NaN. */
  readonly missing: number;
  /** The targets left out, by their place in the ratings given. */
  readonly dropped: readonly number[];
}

/** @throws InputError naming a missing rating where they are refused, or where dropping leaves no target */
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
      `${missing} of ${count(values.length, 'rating')} ${missing === 1 ? 'is' : 'are'} missing, first ` +
        `${ratingName(ratings, first)}`,
    );
  }
  if (kept.length === 0)
    throw new InputError(`each of ${count(targets, 'target')} lacks a rating; none is left`);
  return { ratings: takeTargets(ratings, kept), missing, dropped };
}
