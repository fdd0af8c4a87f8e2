import type { NiftiHeader } from './nifti-header.ts';

/**
 * Returns one step of the scaling of an image with scaled integers: a value that was 0 before scaling may be that far from 0.
 * Returns 0 for unscaled numbers.
 */
export function scalingStep({ kind, slope, intercept }: NiftiHeader): number {
  const isScaled = slope !== 1 || intercept !== 0;
  return isScaled && !kind.startsWith('f') ? Math.abs(slope) : 0;
}
