import { fUpperTail } from './distributions/f-distribution.ts';
import { icc1 } from './icc1.ts';
import { icc1k } from './icc1k.ts';
import { icc2 } from './icc2.ts';
import { icc2k } from './icc2k.ts';
import { icc3 } from './icc3.ts';
import { icc3k } from './icc3k.ts';
import type { FTest, IccForm, IccName } from './icc-form.ts';
import type { EstimateWithInterval } from './interval.ts';
import type { MeanSquares } from './mean-squares.ts';
import { requireConfidence } from './require-confidence.ts';

/** The six forms of Shrout and Fleiss (1979), single ratings first. */
export const ICC_FORMS: readonly IccForm[] = [icc1, icc2, icc3, icc1k, icc2k, icc3k];

export interface IntraclassCorrelation extends EstimateWithInterval, FTest {
  readonly form: IccName;
  /** Probability of an F as large where targets don't differ. */
  readonly p: number;
}

/**
 * All six intraclass correlations with intervals and F tests, equal to `ICC(x, lmer = FALSE)` of R's psych and
 * `intraclass_corr` of pingouin. Where ratings agree perfectly the value and both limits are 1, F is Infinity and
 * p 0; where nothing varies they are NaN.
 *
 * @param confidence of the intervals, between 0 and 1
 * @throws InputError for another confidence
 */
export function intraclassCorrelations(squares: MeanSquares, confidence = 0.95): IntraclassCorrelation[] {
  requireConfidence(confidence);
  return ICC_FORMS.map((form) => {
    const test = form.test(squares);
    return {
      form: form.name,
      value: form.value(squares),
      ...form.interval(squares, confidence),
      ...test,
      p: fUpperTail(test.f, test.df1, test.df2),
    };
  });
}
