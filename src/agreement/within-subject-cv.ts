import { mean } from 'simple-statistics';
import type { Ratings } from './ratings.ts';
import { withinSubjectSd } from './within-subject-sd.ts';

/**
 * Coefficient of variation within subjects, as a fraction: within-subject standard deviation over the size of the mean
 * of all ratings. One common spread is assumed, so targets of which the mean is near 0 don't dominate, as
 * they would in a mean of each target's own coefficient. NaN where all ratings are 0.
 *
 * @throws InputError as `withinSubjectSd`
 */
export function withinSubjectCv(ratings: Ratings): number {
  return withinSubjectSd(ratings) / Math.abs(mean(Array.from(ratings.values)));
}
