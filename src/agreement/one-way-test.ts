import type { FTest } from './icc-form.ts';
import type { MeanSquares } from './mean-squares.ts';

/** Between targets against within targets: the test of ICC(1,1) and ICC(1,k). */
export const oneWayTest = ({ targets, raters, betweenTargets, withinTargets }: MeanSquares): FTest => ({
  f: betweenTargets / withinTargets,
  df1: targets - 1,
  df2: targets * (raters - 1),
});
