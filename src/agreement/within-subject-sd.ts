import { requireRatings, type Ratings } from './ratings.ts';

/**
 * Standard deviation of repeated ratings of the same target (wSD, or standard error of measurement), in the unit of the
 * ratings: square root of the one-way mean square within targets, that is of the mean of the targets' variances
 * (Bland and Altman, Measurement error, BMJ 1996; 313:744).
 *
 * @throws InputError without a target, for fewer than two raters, and ratings that are not finite
 */
export function withinSubjectSd(ratings: Ratings): number {
  requireRatings(ratings, 1);
  const { targets, raters, values } = ratings;
  let squares = 0;
  for (let start = 0; start < values.length; start += raters) {
    // From the first rating on: equal ratings then differ from their mean by nothing, not by rounding.
    const origin = values[start];
    let mean = 0;
    for (let at = start; at < start + raters; at++) mean += (values[at] - origin) / raters;
    for (let at = start; at < start + raters; at++) squares += (values[at] - origin - mean) ** 2;
  }
  return Math.sqrt(squares / (targets * (raters - 1)));
}
