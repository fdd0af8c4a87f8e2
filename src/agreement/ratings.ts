import { InputError } from '../contracts/input-error.ts';

/** What raters said about targets: a region of a subject measured by readers, a sample tested by laboratories. */
export interface Ratings {
  readonly targets: number;
  readonly raters: number;
  /** targets x raters, row-major, in any unit. NaN is a missing rating, which only `completeRatings` accepts. */
  readonly values: Float64Array;
  /** What messages call targets and raters; without them they are counted from 1. */
  readonly targetNames?: readonly string[];
  readonly raterNames?: readonly string[];
}

/**
 * @throws InputError where there are fewer than `least` targets or two raters, or a rating is no finite number
 * @throws RangeError where the array's length is not targets x raters
 */
export function requireRatings(ratings: Ratings, least: 1 | 2 = 2): void {
  const { targets, raters, values } = ratings;
  if (values.length !== targets * raters) {
    throw new RangeError(`${values.length} values are not ${targets} targets x ${raters} raters`);
  }
  if (targets < least)
    throw new InputError(`ratings of ${count(targets, 'target')}; at least ${least} needed`);
  if (raters < 2) throw new InputError(`ratings by ${count(raters, 'rater')}; at least 2 are needed`);
  for (let at = 0; at < values.length; at++) {
    if (!Number.isFinite(values[at])) {
      throw new InputError(`${ratingName(ratings, at)} is ${values[at]}; allowed: finite numbers`);
    }
  }
}

/** Where a rating stands, in words. @param at its place in `values` */
export function ratingName(ratings: Ratings, at: number): string {
  const target = Math.floor(at / ratings.raters);
  const rater = at % ratings.raters;
  return `the rating of target ${targetName(ratings, target)} by rater ${ratings.raterNames?.[rater] ?? rater + 1}`;
}

export const targetName = (ratings: Ratings, target: number): string =>
  ratings.targetNames?.[target] ?? String(target + 1);

export const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
