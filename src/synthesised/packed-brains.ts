import { z } from 'zod';
import { bytesOf, stored, storedFloats, storedJson } from '../files/stored-file.ts';
import { LESIONS, type Lesions } from '../images/brains/simulate.ts';
import { WEIGHTINGS, type Weighting } from '../images/weighting.ts';
import { concatenated } from '../learning/concatenated.ts';

/**
 * Images of subjects: perfusion of one repetition, of the mean of six and, of virtual subjects, without noise; all repetitions, one after the other,
 * of subjects that are trained on as they were acquired; weighted ones; and where the brain is.
 */
const IMAGE_NAMES = ['truth', 'one', 'six', 'repetitions', 'brain', ...WEIGHTINGS] as const;
export type ImageName = (typeof IMAGE_NAMES)[number];
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

type StoredRecord = Omit<PackedBrains, 'images'> & { readonly images: readonly ImageName[] };

const RECORD = storedJson<StoredRecord>(
  'subjects.json',
  z.object({
    subjects: z.array(z.string()),
    lesions: z.array(z.enum(LESIONS)),
    shape: z.tuple([z.int().positive(), z.int().positive(), z.int().positive()]),
    pixel: z.number(),
    sigmas: z.array(z.number()),
    weighted: z.array(z.enum(WEIGHTINGS)),
    images: z.array(z.enum(IMAGE_NAMES)),
  }),
);
const fileOf = (image: string): string => `${image}.f32`;

/** Packed subjects as the files of a cell. */
export function encodeBrains({ images, ...record }: PackedBrains): Map<string, Uint8Array> {
  return new Map([
    RECORD.encode({ ...record, images: Object.keys(images) as ImageName[] }),
    ...Object.entries(images).map(([name, values]): [string, Uint8Array] => [fileOf(name), bytesOf(values)]),
  ]);
}

/** The subjects that a cell left. @throws InputError where its files hold something else */
export function decodeBrains(files: ReadonlyMap<string, Uint8Array>): PackedBrains {
  const record = RECORD.decode(files.get(RECORD.name));
  const entries = record.subjects.length * entrySize(record);
  const images = record.images.map((name) => {
    const content = files.get(fileOf(name));
    // There are as many repetitions as were acquired.
    const count = name === 'repetitions' ? stored(fileOf(name), content).length / 4 : entries;
    return [name, storedFloats(fileOf(name), content, count)];
  });
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
