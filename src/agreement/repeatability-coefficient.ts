import type { Ratings } from './ratings.ts';
import { withinSubjectSd } from './within-subject-sd.ts';

/**
 * The difference that two ratings of the same target are expected to stay below in 95 % of cases, in the unit of the
 * ratings: 1.96 sqrt(2) wSD (Bland and Altman, Measuring agreement in method comparison studies, Stat Methods
 * Med Res 1999; 8:135). Systematic differences between raters are part of it.
 *
 * @throws InputError as `withinSubjectSd`
 */
export const repeatabilityCoefficient = (ratings: Ratings): number =>
  1.96 * Math.SQRT2 * withinSubjectSd(ratings);
