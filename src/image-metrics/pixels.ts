/** An image, or several on top of each other, beside what it is compared with, and which pixels count. All have the same length. */
export interface ComparedPixels {
  readonly image: ArrayLike<number>;
  readonly reference: ArrayLike<number>;
  /** Pixels with a value above one half count. */
  readonly within: ArrayLike<number>;
}

export const COUNTS_FROM = 0.5;

/**
 * Sums over the pixels that count: how many there are, the squared differences, and the squares of the reference.
 * @throws RangeError where the three have not the same length
 */
export function squaredSums({ image, reference, within }: ComparedPixels): {
  readonly n: number;
  readonly difference: number;
  readonly reference: number;
} {
  if (image.length !== reference.length || image.length !== within.length) {
    throw new RangeError(
      `an image of ${image.length} pixels, a reference of ${reference.length} and a mask of ${within.length} do not belong together`,
    );
  }
  let [n, difference, squares] = [0, 0, 0];
  for (let i = 0; i < image.length; i++) {
    if (!(within[i] > COUNTS_FROM)) continue;
    n++;
    difference += (image[i] - reference[i]) ** 2;
    squares += reference[i] ** 2;
  }
  return { n, difference, reference: squares };
}
