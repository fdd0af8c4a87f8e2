import { shareInterval } from '../statistics/share-interval.ts';
import { undefinedOver, type Estimate } from './estimate.ts';

/** A share of cases with Wilson's interval; undefined, for the reason given, where there are none. */
export const shareOf = (count: number, n: number, why: string): Estimate =>
  n === 0 ? undefinedOver(0, why) : { value: count / n, ...shareInterval(count, n), n };
