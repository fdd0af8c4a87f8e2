import { fQuantile, fUpperTail } from '../statistics/f-distribution.ts';
import { requireConfidence } from './confidence-interval.ts';
import type { EstimateWithInterval, ConfidenceInterval } from './confidence-interval.ts';
import type { MeanSquares } from './mean-squares.ts';
import type { Scale } from '../statistics/jackknife.ts';

/** Names of the forms, as in ICC(2,k) of Shrout and Fleiss (1979). */
type IccName = 'icc1' | 'icc2' | 'icc3' | 'icc1k' | 'icc2k' | 'icc3k';

/** F test of the hypothesis that all targets are equal. */
interface FTest {
  /** Infinity if the ratings agree perfectly; NaN if nothing varies. */
  readonly f: number;
  readonly df1: number;
  readonly df2: number;
}

/** One form of the ICC: the proportion of the variation of ratings that is due to targets. */
export interface IccForm {
  readonly name: IccName;
  /** What it measures, in a few words. */
  readonly label: string;
  /** The estimate alone, for resampling. NaN if nothing varies, -Infinity for an average if the targets do not vary. */
  value(squares: MeanSquares): number;
  test(squares: MeanSquares): FTest;
  /** @param confidence 0..1, both limits excluded */
  interval(squares: MeanSquares, confidence: number): ConfidenceInterval;
  /** The ratio of mean squares F that the estimate stands for, as a scale: on `log` scale, or as it is. */
  scale(raters: number, ratio: 'log' | 'plain'): Scale;
}

/** Mean square between targets over that within targets: the test of ICC(1,1) and ICC(1,k). */
const oneWayTest = ({ targets, raters, betweenTargets, withinTargets }: MeanSquares): FTest => ({
  f: betweenTargets / withinTargets,
  df1: targets - 1,
  df2: targets * (raters - 1),
});

/** Mean square between targets over that of the error: the test of ICC(2,·) and ICC(3,·). */
const twoWayTest = ({ targets, raters, betweenTargets, error }: MeanSquares): FTest => ({
  f: betweenTargets / error,
  df1: targets - 1,
  df2: (targets - 1) * (raters - 1),
});

/**
 * Returns the limits of the ratio of expected mean squares that an F test estimates: F divided by, and F times, a quantile of
 * the F distribution (F_L and F_U of Shrout and Fleiss 1979; McGraw and Wong 1996, table 7).
 */
function varianceRatioInterval({ f, df1, df2 }: FTest, confidence: number): ConfidenceInterval {
  const upper = (1 + confidence) / 2;
  return { low: f / fQuantile(upper, df1, df2), high: f * fQuantile(upper, df2, df1) };
}

/** Returns the correlation between single ratings for a ratio of mean squares; 1 for perfect agreement. */
const singleOfRatio = (ratio: number, raters: number): number =>
  ratio === Infinity ? 1 : (ratio - 1) / (ratio + raters - 1);

/** Returns the reliability of averages over all raters for a ratio of mean squares. */
const averageOfRatio = (ratio: number): number => 1 - 1 / ratio;

const singleScale: IccForm['scale'] = (raters, ratio) =>
  onScaleOfRatio(
    (icc) => (1 + (raters - 1) * icc) / (1 - icc),
    (f) => singleOfRatio(f, raters),
    ratio,
  );

const averageScale: IccForm['scale'] = (_, ratio) =>
  onScaleOfRatio((icc) => 1 / (1 - icc), averageOfRatio, ratio);

function onScaleOfRatio(
  ratioOf: (icc: number) => number,
  iccOf: (ratio: number) => number,
  ratio: 'log' | 'plain',
): Scale {
  return ratio === 'log'
    ? { to: (icc) => Math.log(ratioOf(icc)), from: (log) => iccOf(Math.exp(log)) }
    : { to: ratioOf, from: (f) => iccOf(Math.max(0, f)) };
}

/**
 * ICC(1,1): (MSB - MSW) / (MSB + (k - 1) MSW). Each target has its own raters, so differences between raters are part of the
 * error (Shrout and Fleiss 1979; interval: McGraw and Wong 1996, table 7).
 */
export const icc1: IccForm = {
  name: 'icc1',
  label: 'one rating, other raters for each target: absolute agreement',
  scale: singleScale,
  value({ raters, betweenTargets, withinTargets }) {
    return (betweenTargets - withinTargets) / (betweenTargets + (raters - 1) * withinTargets);
  },
  test: oneWayTest,
  interval(squares, confidence) {
    const { low, high } = varianceRatioInterval(oneWayTest(squares), confidence);
    return { low: singleOfRatio(low, squares.raters), high: singleOfRatio(high, squares.raters) };
  },
};

/**
 * ICC(2,1): (MSB - MSE) / (MSB + (k - 1) MSE + k (MSJ - MSE) / n), absolute agreement between raters who are a sample of all
 * raters (Shrout and Fleiss 1979). Its interval uses Satterthwaite's degrees of freedom for the mean square that combines
 * raters and error (McGraw and Wong 1996, table 7, case A,1).
 */
export const icc2: IccForm = {
  name: 'icc2',
  label: 'one rating, raters a sample of all raters: absolute agreement',
  scale: singleScale,
  value({ targets, raters, betweenTargets, betweenRaters, error }) {
    const raterVariance = (raters * (betweenRaters - error)) / targets;
    return (betweenTargets - error) / (betweenTargets + (raters - 1) * error + raterVariance);
  },
  test: twoWayTest,
  interval(squares, confidence) {
    const { targets: n, raters: k, betweenTargets, betweenRaters, error } = squares;
    if (betweenTargets > 0 && betweenRaters === 0 && error === 0) return { low: 1, high: 1 };
    const icc = icc2.value(squares);
    // Targets with equal means leave no degrees of freedom: the formulas of the limits give the value for any quantile.
    if (betweenTargets === 0) return error > 0 ? { low: icc, high: icc } : { low: NaN, high: NaN };
    const ofRaters = k * icc * betweenRaters;
    const ofError = (n * (1 + (k - 1) * icc) - k * icc) * error;
    const df = (ofRaters + ofError) ** 2 / (ofRaters ** 2 / (k - 1) + ofError ** 2 / ((n - 1) * (k - 1)));
    const quantile = (1 + confidence) / 2;
    const low = betweenTargets / fQuantile(quantile, n - 1, df);
    const high = betweenTargets * fQuantile(quantile, df, n - 1);
    const rest = k * betweenRaters + (k * n - k - n) * error;
    return { low: (n * (low - error)) / (rest + n * low), high: (n * (high - error)) / (rest + n * high) };
  },
};

/**
 * ICC(3,1): (MSB - MSE) / (MSB + (k - 1) MSE), consistency between these particular raters; a constant difference between them
 * does not count (Shrout and Fleiss 1979; interval: McGraw and Wong 1996, table 7, case C,1).
 */
export const icc3: IccForm = {
  name: 'icc3',
  label: 'one rating, these very raters: consistency',
  scale: singleScale,
  value: ({ raters, betweenTargets, error }) =>
    (betweenTargets - error) / (betweenTargets + (raters - 1) * error),
  test: twoWayTest,
  interval(squares, confidence) {
    const { low, high } = varianceRatioInterval(twoWayTest(squares), confidence);
    return { low: singleOfRatio(low, squares.raters), high: singleOfRatio(high, squares.raters) };
  },
};

/**
 * ICC(1,k): (MSB - MSW) / MSB, the reliability of the mean over k raters if each target has its own raters (Shrout and Fleiss
 * 1979; interval: McGraw and Wong 1996, table 7).
 */
const icc1k: IccForm = {
  name: 'icc1k',
  label: 'mean over raters, others for each target: absolute agreement',
  scale: averageScale,
  value: ({ betweenTargets, withinTargets }) => (betweenTargets - withinTargets) / betweenTargets,
  test: oneWayTest,
  interval(squares, confidence) {
    const { low, high } = varianceRatioInterval(oneWayTest(squares), confidence);
    return { low: averageOfRatio(low), high: averageOfRatio(high) };
  },
};

/**
 * ICC(2,k): (MSB - MSE) / (MSB + (MSJ - MSE) / n), the reliability of the mean over k raters who are a sample of all raters
 * (Shrout and Fleiss 1979). Its limits are those of ICC(2,1), stepped up to k raters by the Spearman-Brown formula. If targets
 * vary far less than the error, the denominator is negative, and neither the value nor the limits are meaningful
 * (`icc2kIsMeaningful`).
 */
const icc2k: IccForm = {
  name: 'icc2k',
  label: 'mean over raters, a sample of all raters: absolute agreement',
  scale: averageScale,
  value: (squares) => (squares.betweenTargets - squares.error) / denominator(squares),
  test: twoWayTest,
  interval(squares, confidence) {
    const { low, high } = icc2.interval(squares, confidence);
    return { low: steppedUp(low, squares.raters), high: steppedUp(high, squares.raters) };
  },
};

/** Whether the estimated variance of the averages of ratings is positive. */
export const icc2kIsMeaningful = (squares: MeanSquares): boolean => denominator(squares) > 0;

const denominator = ({ targets, betweenTargets, betweenRaters, error }: MeanSquares): number =>
  betweenTargets + (betweenRaters - error) / targets;

const steppedUp = (icc: number, raters: number): number => (icc * raters) / (1 + icc * (raters - 1));

/**
 * ICC(3,k): (MSB - MSE) / MSB, the consistency of the mean over these particular k raters, which is Cronbach's alpha (Shrout
 * and Fleiss 1979; interval: McGraw and Wong 1996, table 7, case C,k).
 */
export const icc3k: IccForm = {
  name: 'icc3k',
  label: 'mean over these very raters: consistency',
  scale: averageScale,
  value: ({ betweenTargets, error }) => (betweenTargets - error) / betweenTargets,
  test: twoWayTest,
  interval(squares, confidence) {
    const { low, high } = varianceRatioInterval(twoWayTest(squares), confidence);
    return { low: averageOfRatio(low), high: averageOfRatio(high) };
  },
};

/** The six forms of Shrout and Fleiss (1979), single ratings first. */
export const ICC_FORMS: readonly IccForm[] = [icc1, icc2, icc3, icc1k, icc2k, icc3k];

export interface IntraclassCorrelation extends EstimateWithInterval, FTest {
  readonly form: IccName;
  /** Probability of an F at least as large if all targets are equal. */
  readonly p: number;
}

/**
 * Computes all six intraclass correlations with intervals and F tests, equal to `ICC(x, lmer = FALSE)` of R's psych and
 * `intraclass_corr` of pingouin. If ratings agree perfectly, the value and both limits are 1, F is Infinity and p 0; if nothing
 * varies, they are NaN.
 *
 * @param confidence of the intervals, between 0 and 1
 * @throws InputError for an invalid confidence
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
