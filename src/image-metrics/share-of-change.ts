/**
 * How much of a known change of what is imaged an image shows: the least-squares slope of the change of the image on the true one,
 * sum (x' - x)(t' - t) / sum (t' - t)². 1: all of it; 0: none of it. Of a lesion it is the contrast that is kept, by a pair of images of
 * the same subject with and without the lesion and with the same noise. NaN where nothing changed.
 */
export function shareOfChange(
  image: { readonly before: ArrayLike<number>; readonly after: ArrayLike<number> },
  truth: { readonly before: ArrayLike<number>; readonly after: ArrayLike<number> },
): number {
  let [product, square] = [0, 0];
  for (let i = 0; i < truth.before.length; i++) {
    const change = truth.after[i] - truth.before[i];
    if (change === 0) continue;
    product += change * (image.after[i] - image.before[i]);
    square += change * change;
  }
  return square === 0 ? NaN : product / square;
}
