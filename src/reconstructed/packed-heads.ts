import type { Lesions } from '../images/brains/simulate.ts';

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

const RECORD = 'subjects.json';
const fileOf = (image: HeadImage): string => `${image}.f32`;

/** Packed subjects as the files of a cell. */
export function encodeHeads({ images, ...record }: PackedHeads): Map<string, Uint8Array> {
  return new Map([
    [RECORD, new TextEncoder().encode(JSON.stringify(record))],
    ...HEAD_IMAGES.map((image): [string, Uint8Array] => {
      const { buffer, byteOffset, byteLength } = images[image];
      return [fileOf(image), new Uint8Array(buffer, byteOffset, byteLength)];
    }),
  ]);
}

export function decodeHeads(files: ReadonlyMap<string, Uint8Array>): PackedHeads {
  const read = (name: string): Uint8Array => {
    const bytes = files.get(name);
    if (!bytes) throw new Error(`the cell left no ${name}`);
    return bytes;
  };
  const record = JSON.parse(new TextDecoder().decode(read(RECORD))) as Omit<PackedHeads, 'images'>;
  // Copied, because the bytes of a file need not be aligned to four.
  const images = HEAD_IMAGES.map((image) => [image, new Float32Array(read(fileOf(image)).slice().buffer)]);
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
