import type { IccForm } from './icc-form.ts';
import { twoWayTest } from './two-way-test.ts';
import { averageOfRatio, varianceRatioInterval } from './variance-ratio-interval.ts';

/**
 * ICC(3,k): (MSB - MSE) / MSB, the consistency of the mean over these very k raters, which is Cronbach's alpha (Shrout
 * and Fleiss 1979; interval: McGraw and Wong 1996, table 7, case C,k).
 */
export const icc3k: IccForm = {
  name: 'icc3k',
  label: 'mean over these very raters: consistency',
  value: ({ betweenTargets, error }) => (betweenTargets - error) / betweenTargets,
  test: twoWayTest,
  interval(squares, confidence) {
    const { low, high } = varianceRatioInterval(twoWayTest(squares), confidence);
    return { low: averageOfRatio(low), high: averageOfRatio(high) };
  },
};
