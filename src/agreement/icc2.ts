import { fQuantile } from './distributions/f-distribution.ts';
import type { IccForm } from './icc-form.ts';
import { twoWayTest } from './two-way-test.ts';

/**
 * ICC(2,1): (MSB - MSE) / (MSB + (k - 1) MSE + k (MSJ - MSE) / n), absolute agreement between raters who are a
 * sample of all raters (Shrout and Fleiss 1979). Its interval takes Satterthwaite's degrees of freedom for the mean
 * square that combines raters and error (McGraw and Wong 1996, table 7, case A,1).
 */
export const icc2: IccForm = {
  name: 'icc2',
  label: 'one rating, raters a sample of all raters: absolute agreement',
  value({ targets, raters, betweenTargets, betweenRaters, error }) {
    const raterVariance = (raters * (betweenRaters - error)) / targets;
    return (betweenTargets - error) / (betweenTargets + (raters - 1) * error + raterVariance);
  },
  test: twoWayTest,
  interval(squares, confidence) {
    const { targets: n, raters: k, betweenTargets, betweenRaters, error } = squares;
    if (betweenTargets > 0 && betweenRaters === 0 && error === 0) return { low: 1, high: 1 };
    const icc = icc2.value(squares);
    // Targets with equal means leave no degrees of freedom: the limits' formulas give the value for any quantile.
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
