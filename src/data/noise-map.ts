import { InputError } from '../contracts/input-error.ts';
import { onGridOf } from './mask.ts';
import type { NiftiImage } from './nifti-read.ts';

export interface NoiseMap {
  /** Noise of every voxel, per quadrature channel of one measurement, in the unit of the scan; NaN where the image is not above 0. */
  readonly sigma: Float64Array;
  readonly notes: readonly string[];
}

/**
 * Reads the noise level of every voxel from an image in the space of the scan. One with a different order or direction of axes is
 * reordered, as masks are.
 * @throws InputError if it has a different grid, or is nowhere above 0
 */
export function readNoiseMap(map: NiftiImage, image: NiftiImage, ignoreSpace = false): NoiseMap {
  const notes: string[] = [];
  const sigma = onGridOf(map, image, 'noise map', ignoreSpace, notes).map((value) =>
    value > 0 && value < Infinity ? value : NaN,
  );
  if (sigma.every(Number.isNaN)) {
    throw new InputError(`noise map ${map.file} is nowhere above 0; it must hold standard deviations`);
  }
  return { sigma, notes };
}
