import type { Confusion } from './confusion.ts';
import type { Estimate } from './estimate.ts';
import { shareOf } from './share.ts';

/** Share of the positive cases that are classified as positive, with Wilson's 95 % interval over them. */
export const sensitivity = ({ truePositive, falseNegative }: Confusion): Estimate =>
  shareOf(truePositive, truePositive + falseNegative, 'there are no positive cases');
