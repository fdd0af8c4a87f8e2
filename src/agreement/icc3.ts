import type { IccForm } from './icc-form.ts';
import { twoWayTest } from './two-way-test.ts';
import { singleOfRatio, varianceRatioInterval } from './variance-ratio-interval.ts';

/**
 * ICC(3,1): (MSB - MSE) / (MSB + (k - 1) MSE), consistency between these very raters; a constant difference
 * between them doesn't count (Shrout and Fleiss 1979; interval: McGraw and Wong 1996, table 7, case C,1).
 */
export const icc3: IccForm = {
  name: 'icc3',
  label: 'one rating, these very raters: consistency',
  value: ({ raters, betweenTargets, error }) =>
    (betweenTargets - error) / (betweenTargets + (raters - 1) * error),
  test: twoWayTest,
  interval(squares, confidence) {
    const { low, high } = varianceRatioInterval(twoWayTest(squares), confidence);
    return { low: singleOfRatio(low, squares.raters), high: singleOfRatio(high, squares.raters) };
  },
};
