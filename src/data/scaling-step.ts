import type { NiftiHeader } from './nifti-header.ts';

/**
 * One step of the scaling of an image whose integers stand for other numbers: what was 0 before it was scaled may be that
 * far from 0. 0 where numbers are stored as they are.
 */
export function scalingStep({ kind, slope, intercept }: NiftiHeader): number {
  const isScaled = slope !== 1 || intercept !== 0;
  return isScaled && !kind.startsWith('f') ? Math.abs(slope) : 0;
}
