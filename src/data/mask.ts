import { InputError } from '../contracts/input-error.ts';
import { gridDifference } from './cohort/grid.ts';
import type { NiftiImage } from './nifti-read.ts';
import { reorderedAs } from './reorder.ts';
import { shortNumber } from '../wording/short-number.ts';
import { scalingStep } from './scaling-step.ts';

/** Largest distance between the grids of a mask and a scan at any corner, in voxels. */
const TOLERANCE = 0.05;
/** Masks should have two values; with more than this many, they are not counted. */
const MANY = 20;
/** Values below this fraction of the largest count as 0 with a rounding error. */
const ROUNDING = 1e-4;

export interface Mask {
  /** 1 inside, 0 outside. */
  readonly inside: Uint8Array;
  readonly notes: readonly string[];
}

/**
 * Determines which voxels of an image are inside a mask: those where it is neither 0 nor NaN. A mask with a different order or
 * direction of axes is reordered.
 * @param ignoreSpace use the voxels in file order and ignore the position in the header
 * @throws InputError if the mask has a different grid, or no voxel is inside
 */
export function readMask(mask: NiftiImage, image: NiftiImage, ignoreSpace = false): Mask {
  const notes: string[] = [];
  const values = onGridOf(mask, image, 'mask', ignoreSpace, notes);
  const zero = zeroOf(values, scalingStep(mask.header));
  notes.push(...oddValues(values, zero, mask.file));
  const inside = new Uint8Array(values.length);
  for (let i = 0; i < inside.length; i++) inside[i] = Math.abs(values[i]) > zero ? 1 : 0;
  if (!inside.includes(1)) throw new InputError(`mask ${mask.file} is 0 everywhere: there is nothing to fit`);
  return { inside, notes };
}

type Companion = 'mask' | 'regions' | 'noise map';

/**
 * Returns the values of an image of one volume in the order of the scan's voxels.
 * @param what the image is, for messages
 * @throws InputError if it has several volumes or another shape, or lies elsewhere in space
 */
export function onGridOf(
  other: NiftiImage,
  image: NiftiImage,
  what: Companion,
  ignoreSpace: boolean,
  notes: string[],
): Float64Array {
  const { volumes, shape, slope, intercept } = other.header;
  const data = volumes === 1 ? storedOnGridOf(other, image, what, ignoreSpace, notes) : undefined;
  if (data) {
    // `Float64Array.from` would make a list of all values first.
    const values = new Float64Array(data.length);
    for (let i = 0; i < values.length; i++) values[i] = slope * data[i] + intercept;
    return values;
  }
  const found = [...shape, ...(volumes > 1 ? [volumes] : [])].join(' x ');
  throw new InputError(
    `${what} ${other.file} is ${found}, but the volumes of ${image.file} are ${image.header.shape.join(' x ')}`,
  );
}

/** Returns the stored numbers in the order of the scan's voxels; undefined if the shape differs. */
function storedOnGridOf(
  other: NiftiImage,
  image: NiftiImage,
  what: Companion,
  ignoreSpace: boolean,
  notes: string[],
): ArrayLike<number> | undefined {
  const sameShape = other.header.shape.every((size, axis) => size === image.header.shape[axis]);
  const asItComes = sameShape ? other.data : undefined;
  if (!other.header.placed || !image.header.placed) return asItComes;
  const difference = gridDifference(other.header, image.header, TOLERANCE);
  if (difference === undefined) return other.data;
  if (ignoreSpace) {
    notes.push(
      `${what} ${other.file} lies elsewhere than the scan by its header (${difference}); its voxels are taken as they come, as --ignore-space says`,
    );
    return asItComes;
  }
  const reordered = reorderedAs(other, image.header, TOLERANCE);
  if (reordered) {
    notes.push(`the axes of ${what} ${other.file} run otherwise than those of the scan; it is reordered`);
    return reordered;
  }
  if (!sameShape) return undefined;
  throw new InputError(
    `${what} ${other.file} has another grid than ${image.file}: ${difference}; ${what === 'regions' ? what : `${what}s`} are not resampled here; ` +
      '--ignore-space takes its voxels as they come',
  );
}

/** Returns the largest mask value that counts as 0: half a step of its scaling, or a rounding error. */
function zeroOf(values: Float64Array, step: number): number {
  let largest = 0;
  for (const value of values) if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value));
  return Math.max(step / 2, ROUNDING * largest);
}

function oddValues(values: Float64Array, zero: number, file: string): string[] {
  const different = new Set<number>();
  for (const value of values) {
    if (different.size > MANY) break;
    different.add(value);
  }
  const sorted = [...different].filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const notes: string[] = [];
  if (different.size > 2) {
    const many =
      different.size > MANY
        ? `more than ${MANY} different values`
        : `the values ${sorted.map(shortNumber).join(', ')}`;
    notes.push(`mask ${file} holds ${many}: every voxel that is not 0 is inside`);
  }
  if (values.some(Number.isNaN)) notes.push(`mask ${file} holds NaN, which counts as 0`);
  const least = sorted.find((value) => value !== 0 && Math.abs(value) <= zero);
  if (least !== undefined) notes.push(`mask ${file} holds ${shortNumber(least)} for 0; it counts as 0`);
  const hasZero = different.has(NaN) || sorted.some((value) => Math.abs(value) <= zero);
  if (different.size <= MANY && !hasZero) {
    notes.push(
      `mask ${file} is 0 nowhere (its lowest value is ${shortNumber(sorted[0])}): every voxel of the scan is inside`,
    );
  } else if (sorted.some((value) => value < -zero)) {
    notes.push(`mask ${file} holds values below 0, which are inside as all that are not 0`);
  }
  return notes;
}
