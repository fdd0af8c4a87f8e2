import { InputError } from '../contracts/input-error.ts';
import type { NiftiImage } from './nifti-read.ts';

/**
 * Which voxels of an image are inside a mask: 1 where the mask is neither 0 nor NaN.
 * @throws InputError where the mask has another shape, or no voxel is inside
 */
export function insideOf(mask: NiftiImage, image: NiftiImage): Uint8Array {
  const { shape, volumes, slope, intercept } = mask.header;
  const wanted = image.header.shape;
  if (volumes !== 1 || shape.some((size, axis) => size !== wanted[axis])) {
    const found = [...shape, ...(volumes > 1 ? [volumes] : [])].join(' x ');
    throw new InputError(
      `mask ${mask.file} is ${found}, but the volumes of ${image.file} are ${wanted.join(' x ')}`,
    );
  }
  const inside = new Uint8Array(mask.data.length);
  let any = false;
  for (let i = 0; i < inside.length; i++) {
    const value = slope * mask.data[i] + intercept;
    if (value === 0 || Number.isNaN(value)) continue;
    inside[i] = 1;
    any = true;
  }
  if (!any) throw new InputError(`mask ${mask.file} is 0 everywhere: there is nothing to fit`);
  return inside;
}
