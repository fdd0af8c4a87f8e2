/** Fewer voxels say nothing of the data. */
const FEWEST = 10;

/**
 * What to check where most voxels end with a parameter on its bound, which tissue seldom does; nothing where they do not.
 * @param atBound voxels with the status `atBound`
 * @param fitted voxels with an estimate
 */
export function mostAtBound(atBound: number, fitted: number): string[] {
  if (fitted < FEWEST || atBound * 2 <= fitted) return [];
  return [
    `${atBound} of ${fitted} fitted voxels end on a bound of D, f or Dp: check the unit of the b-values (s/mm²), their ` +
      'order and number, lost or swapped b=0 volumes, and the mask',
  ];
}
