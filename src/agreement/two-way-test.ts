import type { FTest } from './icc-form.ts';
import type { MeanSquares } from './mean-squares.ts';

/** Between targets against error: the test of ICC(2,·) and ICC(3,·). */
export const twoWayTest = ({ targets, raters, betweenTargets, error }: MeanSquares): FTest => ({
  f: betweenTargets / error,
  df1: targets - 1,
  df2: (targets - 1) * (raters - 1),
});
