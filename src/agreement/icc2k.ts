import type { IccForm } from './icc-form.ts';
import { icc2 } from './icc2.ts';
import type { MeanSquares } from './mean-squares.ts';
import { twoWayTest } from './two-way-test.ts';

/**
 * ICC(2,k): (MSB - MSE) / (MSB + (MSJ - MSE) / n), the reliability of the mean over k raters who are a sample of all
 * raters (Shrout and Fleiss 1979). Its limits are those of ICC(2,1) stepped up to k raters by the formula of Spearman
 * and Brown. Where targets vary far less than error the denominator is negative and neither value nor
 * limits mean anything (`icc2kIsMeaningful`).
 */
export const icc2k: IccForm = {
  name: 'icc2k',
  label: 'mean over raters, a sample of all raters: absolute agreement',
  value: (squares) => (squares.betweenTargets - squares.error) / denominator(squares),
  test: twoWayTest,
  interval(squares, confidence) {
    const { low, high } = icc2.interval(squares, confidence);
    return { low: steppedUp(low, squares.raters), high: steppedUp(high, squares.raters) };
  },
};

/** Whether the variance that the ratings' averages are estimated to have is positive. */
export const icc2kIsMeaningful = (squares: MeanSquares): boolean => denominator(squares) > 0;

const denominator = ({ targets, betweenTargets, betweenRaters, error }: MeanSquares): number =>
  betweenTargets + (betweenRaters - error) / targets;

const steppedUp = (icc: number, raters: number): number => (icc * raters) / (1 + icc * (raters - 1));
