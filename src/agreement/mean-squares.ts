import { requireRatings, takeTargets } from './ratings.ts';
import type { Ratings } from './ratings.ts';

/** Mean squares of ratings, each target rated once by each rater, in the squared unit of the ratings. */
export interface MeanSquares {
  readonly targets: number;
  readonly raters: number;
  /** Between targets: targets - 1 degrees of freedom (Shrout and Fleiss's BMS, McGraw and Wong's MSR). */
  readonly betweenTargets: number;
  /** Within targets, one-way: targets (raters - 1) degrees of freedom (WMS, MSW). */
  readonly withinTargets: number;
  /** Between raters: raters - 1 degrees of freedom (JMS, MSC). */
  readonly betweenRaters: number;
  /** Residual, not explained by target or rater: (targets - 1)(raters - 1) degrees of freedom (EMS, MSE). */
  readonly error: number;
}

/** Deviations count as rounding if their root mean square is below this, relative to the largest rating. */
const ROUNDING = 16 * Number.EPSILON;

/**
 * Computes the mean squares of the one-way and two-way analyses of variance (Shrout and Fleiss 1979), from deviations rather
 * than differences of sums of squares, which would cancel. Values due to rounding count as 0, so that constant ratings and
 * perfect agreement are recognised.
 *
 * @throws InputError for fewer than two targets or raters, and ratings that are not finite
 */
export function meanSquares(ratings: Ratings): MeanSquares {
  requireRatings(ratings);
  const { targets, raters, values } = ratings;
  const origin = values[0];
  const ofTarget = new Float64Array(targets);
  const ofRater = new Float64Array(raters);
  let mean = 0;
  let largest = 0;
  for (let i = 0, at = 0; i < targets; i++) {
    let sum = 0;
    for (let j = 0; j < raters; j++, at++) {
      const value = values[at] - origin;
      sum += value;
      ofRater[j] += value / targets;
      largest = Math.max(largest, Math.abs(values[at]));
    }
    ofTarget[i] = sum / raters;
    mean += ofTarget[i] / targets;
  }
  let betweenTargets = 0;
  let withinTargets = 0;
  let betweenRaters = 0;
  let error = 0;
  for (let i = 0, at = 0; i < targets; i++) {
    betweenTargets += (ofTarget[i] - mean) ** 2;
    for (let j = 0; j < raters; j++, at++) {
      const deviation = values[at] - origin - ofTarget[i];
      withinTargets += deviation ** 2;
      error += (deviation - (ofRater[j] - mean)) ** 2;
    }
  }
  for (let j = 0; j < raters; j++) betweenRaters += (ofRater[j] - mean) ** 2;
  const least = (ROUNDING * largest) ** 2;
  const beyondRounding = (sum: number, terms: number) => (sum <= terms * least ? 0 : sum);
  return {
    targets,
    raters,
    betweenTargets: (raters * beyondRounding(betweenTargets, targets)) / (targets - 1),
    withinTargets: beyondRounding(withinTargets, values.length) / (targets * (raters - 1)),
    betweenRaters: (targets * beyondRounding(betweenRaters, raters)) / (raters - 1),
    error: beyondRounding(error, values.length) / ((targets - 1) * (raters - 1)),
  };
}

/**
 * Computes the mean squares within groups of targets, such as the regions that readers drew in several people: those of each
 * group, pooled by their degrees of freedom, so that differences between groups do not count. Groups of one target are left
 * out; the number of targets is that of a group, on average.
 *
 * @param groups the group of each target
 * @returns undefined if no group has two targets
 * @throws InputError as `meanSquares`
 */
export function meanSquaresWithin(ratings: Ratings, groups: readonly string[]): MeanSquares | undefined {
  const all = [...new Set(groups)].flatMap((group) => {
    const own = [...groups.keys()].filter((target) => groups[target] === group);
    return own.length > 1 ? [meanSquares(takeTargets(ratings, own))] : [];
  });
  if (all.length === 0) return undefined;
  const pooled = (
    weightOf: (squares: MeanSquares) => number,
    of: (squares: MeanSquares) => number,
  ): number => {
    const weights = all.map(weightOf);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return all.reduce((sum, squares, i) => sum + (weights[i] / total) * of(squares), 0);
  };
  const oneLess = ({ targets }: MeanSquares) => targets - 1;
  return {
    targets: all.reduce((sum, { targets }) => sum + targets, 0) / all.length,
    raters: ratings.raters,
    betweenTargets: pooled(oneLess, ({ betweenTargets }) => betweenTargets),
    withinTargets: pooled(
      ({ targets }) => targets,
      ({ withinTargets }) => withinTargets,
    ),
    betweenRaters: pooled(
      () => 1,
      ({ betweenRaters }) => betweenRaters,
    ),
    error: pooled(oneLess, ({ error }) => error),
  };
}
