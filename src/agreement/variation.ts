import { coefficientOfVariation, mean } from 'simple-statistics';
import { finiteSample, isConstant } from './finite-sample.ts';
import { requireRatings } from './ratings.ts';
import type { Ratings } from './ratings.ts';

/**
 * Computes the standard deviation of repeated ratings of the same target (wSD, or standard error of measurement), in the unit
 * of the ratings: square root of the one-way mean square within targets, which is the mean of the targets' variances (Bland and
 * Altman, Measurement error, BMJ 1996; 313:744).
 *
 * @throws InputError without a target, for fewer than two raters, and ratings that are not finite
 */
export function withinSubjectSd(ratings: Ratings): number {
  requireRatings(ratings, 1);
  const { targets, raters, values } = ratings;
  let squares = 0;
  for (let start = 0; start < values.length; start += raters) {
    // Relative to the first rating, so that equal ratings deviate from their mean by exactly 0.
    const origin = values[start];
    let mean = 0;
    for (let at = start; at < start + raters; at++) mean += (values[at] - origin) / raters;
    for (let at = start; at < start + raters; at++) squares += (values[at] - origin - mean) ** 2;
  }
  return Math.sqrt(squares / (targets * (raters - 1)));
}

/**
 * Computes the coefficient of variation within subjects, as a fraction: within-subject standard deviation over the absolute
 * mean of all ratings. A common spread is assumed, so that targets with a mean near 0 do not dominate, as they would in a mean
 * of the targets' own coefficients. NaN if all ratings are 0.
 *
 * @throws InputError as `withinSubjectSd`
 */
export function withinSubjectCv(ratings: Ratings): number {
  return withinSubjectSd(ratings) / Math.abs(mean(Array.from(ratings.values)));
}

/**
 * Computes the difference that two ratings of the same target stay below in 95 % of cases, in the unit of the ratings: 1.96
 * sqrt(2) wSD (Bland and Altman, Measuring agreement in method comparison studies, Stat Methods Med Res 1999; 8:135). Includes
 * systematic differences between raters.
 *
 * @throws InputError as `withinSubjectSd`
 */
export const repeatabilityCoefficient = (ratings: Ratings): number =>
  1.96 * Math.SQRT2 * withinSubjectSd(ratings);

/**
 * Computes the coefficient of variation between subjects, as a fraction: sample standard deviation (n - 1) over the absolute
 * mean. 0 for constant values, NaN if all are 0, Infinity if only their mean is.
 *
 * @param values one per subject, already averaged over raters
 * @throws InputError for fewer than two subjects and values that are not finite
 */
export function betweenSubjectCv(values: ArrayLike<number>): number {
  const sample = finiteSample(values, 'subjects', 2);
  if (isConstant(sample)) return sample[0] === 0 ? NaN : 0;
  return Math.abs(coefficientOfVariation(sample));
}

/** The value of one region of one subject, averaged over readers. */
interface RegionValue {
  readonly subject: string;
  readonly region: string;
  readonly value: number;
}

/**
 * Computes the study's variation between subjects: SD over mean per region, averaged over the regions, as a fraction (Barbieri
 * et al., Magn Reson Med 2020;83:312-321). Regions with fewer than two values are skipped; NaN if none is left.
 */
export function meanRegionCv(values: readonly RegionValue[]): number {
  const byRegion = new Map<string, number[]>();
  for (const { region, value } of values) {
    const known = byRegion.get(region);
    if (known) known.push(value);
    else byRegion.set(region, [value]);
  }
  const all = [...byRegion.values()].filter(({ length }) => length > 1).map(betweenSubjectCv);
  return all.reduce((sum, cv) => sum + cv, 0) / all.length;
}
