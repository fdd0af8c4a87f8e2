/** Voxels of a volume: those above 0 belong to the region. */
export type Mask = ArrayLike<number>;

/**
 * Dice's coefficient of two regions, 2 |A ∩ B| / (|A| + |B|) (Dice, Ecology 1945;26:297): 1 where they are equal, 0 where they share nothing, and so
 * where one of them alone is empty. Of two empty regions it is undefined: NaN.
 * @throws RangeError where the volumes have not the same size
 */
export function dice(a: Mask, b: Mask): number {
  if (a.length !== b.length) {
    throw new RangeError(`regions of volumes of ${a.length} and ${b.length} voxels do not belong together`);
  }
  let [both, sum] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    const [inA, inB] = [a[i] > 0, b[i] > 0];
    if (inA && inB) both++;
    sum += Number(inA) + Number(inB);
  }
  return (2 * both) / sum;
}
