import type { Lesions } from '../images/brains/simulate.ts';
import type { Weighting } from '../images/weighting.ts';
import { concatenated } from '../learning/concatenated.ts';

/**
 * Images of subjects: perfusion of one repetition, of the mean of six and, of virtual subjects, without noise; all repetitions, one after the other,
 * of subjects that are trained on as they were acquired; weighted ones; and where the brain is.
 */
export type ImageName = 'truth' | 'one' | 'six' | 'repetitions' | 'brain' | Weighting;
/** Those that every subject has. */
type Needed = 'one' | 'six' | 'brain';

/** Subjects on one grid: what networks and filters are given, and what they are compared with. */
export interface PackedBrains {
  /** Whose each entry is; a subject has several where it is there with and without lesions. */
  readonly subjects: readonly string[];
  readonly lesions: readonly Lesions[];
  /** Slices, and pixels along y and x. */
  readonly shape: readonly [slices: number, height: number, width: number];
  readonly pixel: number;
  /** SD of the noise of one repetition of each entry, in the unit of its perfusion: known of virtual subjects, estimated of others. */
  readonly sigmas: readonly number[];
  /** The weighted images that there are. */
  readonly weighted: readonly Weighting[];
  /** Entries x slices x y x x, each; `repetitions` are entries x repetitions x slices x y x x. */
  readonly images: Readonly<Record<Needed, Float32Array>> &
    Readonly<Partial<Record<Exclude<ImageName, Needed>, Float32Array>>>;
}

const RECORD = 'subjects.json';
const fileOf = (image: string): string => `${image}.f32`;

/** Packed subjects as the files of a cell. */
export function encodeBrains({ images, ...record }: PackedBrains): Map<string, Uint8Array> {
  const names = Object.keys(images);
  return new Map([
    [RECORD, new TextEncoder().encode(JSON.stringify({ ...record, images: names }))],
    ...Object.entries(images).map(([name, { buffer, byteOffset, byteLength }]): [string, Uint8Array] => [
      fileOf(name),
      new Uint8Array(buffer, byteOffset, byteLength),
    ]),
  ]);
}

export function decodeBrains(files: ReadonlyMap<string, Uint8Array>): PackedBrains {
  const read = (name: string): Uint8Array => {
    const bytes = files.get(name);
    if (!bytes) throw new Error(`the cell left no ${name}`);
    return bytes;
  };
  const record = JSON.parse(new TextDecoder().decode(read(RECORD))) as Omit<PackedBrains, 'images'> & {
    images: ImageName[];
  };
  // Copied, because the bytes of a file need not be aligned to four.
  const images = record.images.map((name) => [name, new Float32Array(read(fileOf(name)).slice().buffer)]);
  return { ...record, images: Object.fromEntries(images) as PackedBrains['images'] };
}

/** An image that the cell must have. */
export function imageOf({ images }: Pick<PackedBrains, 'images'>, name: ImageName): Float32Array {
  const image = images[name];
  if (!image) throw new Error(`the cell left no ${name}`);
  return image;
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

/** SD of the noise of one repetition of these subjects. */
export const noiseOf = ({ sigmas }: Pick<PackedBrains, 'sigmas'>): number =>
  Math.sqrt(sigmas.reduce((sum, sigma) => sum + sigma ** 2, 0) / sigmas.length);
