import type { IccForm } from './icc-form.ts';
import { oneWayTest } from './one-way-test.ts';
import { singleOfRatio, varianceRatioInterval } from './variance-ratio-interval.ts';

/**
 * ICC(1,1): (MSB - MSW) / (MSB + (k - 1) MSW), each target rated by raters of its own, so that differences between
 * raters are part of the error (Shrout and Fleiss 1979; interval: McGraw and Wong 1996, table 7).
 */
export const icc1: IccForm = {
  name: 'icc1',
  label: 'one rating, other raters for each target: absolute agreement',
  value({ raters, betweenTargets, withinTargets }) {
    return (betweenTargets - withinTargets) / (betweenTargets + (raters - 1) * withinTargets);
  },
  test: oneWayTest,
  interval(squares, confidence) {
    const { low, high } = varianceRatioInterval(oneWayTest(squares), confidence);
    return { low: singleOfRatio(low, squares.raters), high: singleOfRatio(high, squares.raters) };
  },
};
