import { z } from 'zod';
import { bytesOf, stored, storedFloats, storedJson } from '../files/stored-file.ts';
import { LESIONS, type Lesions } from '../images/brains/simulate.ts';

/**
 * Images of subjects without noise: the T2-weighted one that is measured, a T1-weighted one, the phase that the measured image has, in
 * radians, and where the brain is. Magnitudes are divided by the median of the subject without lesions.
 */
export const HEAD_IMAGES = ['T2w', 'T1w', 'phase', 'brain'] as const;
export type HeadImage = (typeof HEAD_IMAGES)[number];

export interface PackedHeads {
  /** Whose each entry is; a subject has two where it is there with and without lesions. */
  readonly subjects: readonly string[];
  readonly lesions: readonly Lesions[];
  /** Slices, and pixels along y and x. */
  readonly shape: readonly [slices: number, height: number, width: number];
  readonly pixel: number;
  /** Entries x slices x y x x, each; without elements where a set has no such image. */
  readonly images: Readonly<Record<HeadImage, Float32Array>>;
}

const RECORD = storedJson<Omit<PackedHeads, 'images'>>(
  'subjects.json',
  z.object({
    subjects: z.array(z.string()),
    lesions: z.array(z.enum(LESIONS)),
    shape: z.tuple([z.int().positive(), z.int().positive(), z.int().positive()]),
    pixel: z.number(),
  }),
);
const fileOf = (image: HeadImage): string => `${image}.f32`;

/** Packed subjects as the files of a cell. */
export function encodeHeads({ images, ...record }: PackedHeads): Map<string, Uint8Array> {
  return new Map([
    RECORD.encode(record),
    ...HEAD_IMAGES.map((image): [string, Uint8Array] => [fileOf(image), bytesOf(images[image])]),
  ]);
}

/** The subjects that a cell left. @throws InputError where its files hold something else */
export function decodeHeads(files: ReadonlyMap<string, Uint8Array>): PackedHeads {
  const record = RECORD.decode(files.get(RECORD.name));
  const [slices, height, width] = record.shape;
  const count = record.subjects.length * slices * height * width;
  const images = HEAD_IMAGES.map((image) => {
    const name = fileOf(image);
    const content = stored(name, files.get(name));
    // A set may lack an image; its file is empty then.
    return [image, storedFloats(name, content, content.length === 0 ? 0 : count)];
  });
  return { ...record, images: Object.fromEntries(images) as PackedHeads['images'] };
}

/** The pixels of one slice of an entry. */
export function sliceOf(
  { shape }: Pick<PackedHeads, 'shape'>,
  image: Float32Array,
  entry: number,
  slice: number,
): Float32Array {
  const [slices, height, width] = shape;
  const from = (entry * slices + slice) * height * width;
  return image.subarray(from, from + height * width);
}
