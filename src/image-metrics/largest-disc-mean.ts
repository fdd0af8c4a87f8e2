import { COUNTS_FROM } from './pixels.ts';

export interface DiscOptions {
  /** Of one slice; images hold slice after slice. */
  readonly width: number;
  readonly height: number;
  /** Pixels; a disc holds those whose middle is at most so far from its own. */
  readonly radius: number;
}

/**
 * The largest magnitude that the mean of a signed image over a disc has, of all discs within one slice whose pixels count: how conspicuous
 * the most conspicuous spot of that size is. 0 where no disc fits.
 */
export function largestDiscMean(
  image: ArrayLike<number>,
  within: ArrayLike<number>,
  { width, height, radius }: DiscOptions,
): number {
  const reach = Math.floor(radius);
  const offsets: [number, number][] = [];
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) if (Math.hypot(dx, dy) <= radius) offsets.push([dx, dy]);
  }
  let largest = 0;
  for (let from = 0; from < image.length; from += width * height) {
    for (let y = reach; y < height - reach; y++) {
      for (let x = reach; x < width - reach; x++) {
        let sum = 0;
        let inside = true;
        for (const [dx, dy] of offsets) {
          const at = from + (y + dy) * width + x + dx;
          if (!(within[at] > COUNTS_FROM)) {
            inside = false;
            break;
          }
          sum += image[at];
        }
        if (inside) largest = Math.max(largest, Math.abs(sum) / offsets.length);
      }
    }
  }
  return largest;
}
