import { squaredSums, type ComparedPixels } from './pixels.ts';

/**
 * Root-mean-square error in per cent of the root-mean-square of the reference, 100 |x - r| / |r| over the pixels that count; NaN where
 * the reference is 0 there.
 */
export function rmsePercent(compared: ComparedPixels): number {
  const { difference, reference } = squaredSums(compared);
  return reference === 0 ? NaN : 100 * Math.sqrt(difference / reference);
}
