import { squaredSums, type ComparedPixels } from './pixels.ts';

/**
 * Peak signal-to-noise ratio in dB, 10 log10(range² / mean squared error) over the pixels that count; infinite for equal images, NaN without
 * pixels.
 * @param range of the values an image can have: of the reference, say
 */
export function psnr(compared: ComparedPixels, range: number): number {
  const { n, difference } = squaredSums(compared);
  return n === 0 ? NaN : 10 * Math.log10((range * range * n) / difference);
}
