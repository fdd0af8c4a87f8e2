import type { IccForm } from './icc-form.ts';
import { oneWayTest } from './one-way-test.ts';
import { averageOfRatio, varianceRatioInterval } from './variance-ratio-interval.ts';

/**
 * ICC(1,k): (MSB - MSW) / MSB, the reliability of the mean over k raters where each target has raters of its own (Shrout
 * and Fleiss 1979; interval: McGraw and Wong 1996, table 7).
 */
export const icc1k: IccForm = {
  name: 'icc1k',
  label: 'mean over raters, others for each target: absolute agreement',
  value: ({ betweenTargets, withinTargets }) => (betweenTargets - withinTargets) / betweenTargets,
  test: oneWayTest,
  interval(squares, confidence) {
    const { low, high } = varianceRatioInterval(oneWayTest(squares), confidence);
    return { low: averageOfRatio(low), high: averageOfRatio(high) };
  },
};
