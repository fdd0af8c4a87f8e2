import type { Ratings } from './ratings.ts';

/** The ratings of some targets, in the order given; a target may come more than once, as in a bootstrap resample. */
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
