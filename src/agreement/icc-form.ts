import type { Interval } from './interval.ts';
import type { MeanSquares } from './mean-squares.ts';

/** Names of the forms, as in ICC(2,k) of Shrout and Fleiss (1979). */
export type IccName = 'icc1' | 'icc2' | 'icc3' | 'icc1k' | 'icc2k' | 'icc3k';

/** F test of the hypothesis that targets don't differ. */
export interface FTest {
  /** Infinity where the ratings agree perfectly; NaN where nothing varies at all. */
  readonly f: number;
  readonly df1: number;
  readonly df2: number;
}

/** One way of asking how much of the variation of ratings is variation of targets. */
export interface IccForm {
  readonly name: IccName;
  /** What it measures, in a few words. */
  readonly label: string;
  /** The estimate alone, for resampling. NaN where nothing varies, -Infinity where an average's targets don't vary at all. */
  value(squares: MeanSquares): number;
  test(squares: MeanSquares): FTest;
  /** @param confidence 0..1, both limits excluded */
  interval(squares: MeanSquares, confidence: number): Interval;
}
