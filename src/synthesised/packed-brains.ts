import type { Lesions } from '../images/brains/simulate.ts';
import { concatenated } from '../learning/concatenated.ts';

/** Images of subjects: perfusion in ml/100 g/min without noise, of one repetition and of the mean of six; weighted ones; and where the brain is. */
export const IMAGES = ['truth', 'one', 'six', 'PDw', 'T2w', 'brain'] as const;
export type ImageName = (typeof IMAGES)[number];

/** Subjects on one grid: what networks and filters are given, and what they are compared with. */
export interface PackedBrains {
  /** Whose each entry is; a subject has several where it is there with and without lesions. */
  readonly subjects: readonly string[];
  readonly lesions: readonly Lesions[];
  /** Slices, and pixels along y and x. */
  readonly shape: readonly [slices: number, height: number, width: number];
  readonly pixel: number;
  /** Entries x slices x y x x, each. */
  readonly images: Readonly<Record<ImageName, Float32Array>>;
}

const RECORD = 'subjects.json';
const fileOf = (image: ImageName): string => `${image}.f32`;

/** Packed subjects as the files of a cell. */
export function encodeBrains({ images, ...record }: PackedBrains): Map<string, Uint8Array> {
  return new Map([
    [RECORD, new TextEncoder().encode(JSON.stringify(record))],
    ...IMAGES.map((image): [string, Uint8Array] => {
      const { buffer, byteOffset, byteLength } = images[image];
      return [fileOf(image), new Uint8Array(buffer, byteOffset, byteLength)];
    }),
  ]);
}

export function decodeBrains(files: ReadonlyMap<string, Uint8Array>): PackedBrains {
  const read = (name: string): Uint8Array => {
    const bytes = files.get(name);
    if (!bytes) throw new Error(`the cell left no ${name}`);
    return bytes;
  };
  const record = JSON.parse(new TextDecoder().decode(read(RECORD))) as Omit<PackedBrains, 'images'>;
  // Copied, because the bytes of a file need not be aligned to four.
  const images = IMAGES.map((image) => [image, new Float32Array(read(fileOf(image)).slice().buffer)]);
  return { ...record, images: Object.fromEntries(images) as PackedBrains['images'] };
}

/** Pixels of an entry. */
export const entrySize = ({ shape }: Pick<PackedBrains, 'shape'>): number => shape[0] * shape[1] * shape[2];

/** The pixels of one entry in images that hold all. */
export const ofEntry = (
  brains: Pick<PackedBrains, 'shape'>,
  image: Float32Array,
  entry: number,
): Float32Array => image.subarray(entry * entrySize(brains), (entry + 1) * entrySize(brains));

/** The places of entries with some kind of lesions. */
export const entriesWith = ({ lesions }: Pick<PackedBrains, 'lesions'>, kind: Lesions): number[] =>
  lesions.flatMap((each, entry) => (each === kind ? [entry] : []));

/** Of an image of all entries, those without lesions. */
export const withoutLesions = (brains: PackedBrains, image: Float32Array): Float32Array =>
  concatenated(entriesWith(brains, 'none').map((entry) => ofEntry(brains, image, entry)));
