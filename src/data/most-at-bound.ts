/** With fewer voxels, nothing can be concluded. */
const FEWEST = 10;

/**
 * Returns advice if most voxels end with a parameter on its bound, which is unusual for tissue; otherwise nothing.
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
