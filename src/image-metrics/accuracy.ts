import type { Confusion } from './confusion.ts';
import type { Estimate } from './estimate.ts';
import { shareOf } from './share.ts';

/** Share of all cases that are classified correctly, with Wilson's 95 % interval over cases. */
export function accuracy({ truePositive, trueNegative, falsePositive, falseNegative }: Confusion): Estimate {
  const correct = truePositive + trueNegative;
  return shareOf(correct, correct + falsePositive + falseNegative, 'there are no cases');
}
