import type { Confusion } from './confusion.ts';
import type { Estimate } from './estimate.ts';
import { shareOf } from './share.ts';

/** Share of the negative cases that are classified as negative, with Wilson's 95 % interval over them. */
export const specificity = ({ trueNegative, falsePositive }: Confusion): Estimate =>
  shareOf(trueNegative, trueNegative + falsePositive, 'there are no negative cases');
