import { existsSync } from 'node:fs';
import { InputError } from '../contracts/input-error.ts';
import type { Regions } from '../contracts/regions.ts';
import { counted } from '../wording/counted.ts';
import { shortNumber } from '../wording/short-number.ts';
import { readLabelNames } from './cohort/label-names.ts';
import { onGridOf } from './mask.ts';
import type { NiftiImage } from './nifti-read.ts';

/** Scaled labels may be slightly off after reading; further from an integer it is no label. */
const ROUNDING = 0.02;
/** An image with more numbers is not one of regions, but of something measured. */
const MOST_REGIONS = 500;
/** So many unnamed numbers are listed. */
const LISTED = 8;

export interface FoundRegions extends Regions {
  readonly notes: readonly string[];
}

/**
 * Reads the regions of a scan from a label image: 0 is no region. An image with a different order or direction of axes is
 * reordered, as masks are.
 * @param table names of the numbers, a table with the columns index and name; by default the one that lies beside the image
 * @throws InputError if the image has a different grid, holds no whole numbers or no region at all
 */
export async function readRegions(
  labels: NiftiImage,
  image: NiftiImage,
  { table, ignoreSpace = false }: { readonly table?: string; readonly ignoreSpace?: boolean } = {},
): Promise<FoundRegions> {
  const notes: string[] = [];
  const values = onGridOf(labels, image, 'regions', ignoreSpace, notes);
  const numbers = new Int32Array(values.length);
  const found = new Set<number>();
  for (let i = 0; i < numbers.length; i++) {
    numbers[i] = wholeNumber(values[i], labels.file);
    // An image of noise has millions: one more than is allowed is enough to say so.
    if (numbers[i] !== 0 && found.size <= MOST_REGIONS) found.add(numbers[i]);
  }
  const occurring = [...found].sort((a, b) => a - b);
  if (occurring.length === 0)
    throw new InputError(`regions ${labels.file} is 0 everywhere: it has no region`);
  if (occurring.length > MOST_REGIONS)
    throw new InputError(
      `regions ${labels.file} holds more than ${MOST_REGIONS} different numbers; allowed: up to ${MOST_REGIONS} regions`,
    );
  const beside = labels.file.replace(/(\.nii)?(\.gz)?$/i, '.tsv');
  const named = table ?? (existsSync(beside) ? beside : undefined);
  if (table === undefined && named !== undefined) notes.push(`names of regions are read from ${named}`);
  const names = new Map(named === undefined ? [] : await readLabelNames(named));
  const unnamed = occurring.filter((label) => !names.has(label));
  if (named !== undefined && unnamed.length > 0) {
    const more = unnamed.length > LISTED ? ', …' : '';
    notes.push(
      `${named} names ${counted(names.size, 'region')}, but not ${unnamed.slice(0, LISTED).join(', ')}${more}, which ${labels.file} holds`,
    );
  }
  const empty = [...names].filter(([label]) => !occurring.includes(label)).map(([, name]) => name);
  if (empty.length > 0) notes.push(`${labels.file} has no voxel of ${empty.join(', ')}`);
  for (const label of unnamed) names.set(label, `region ${label}`);
  return { labels: numbers, names: new Map([...names].sort(([a], [b]) => a - b)), notes };
}

function wholeNumber(value: number, file: string): number {
  if (Number.isNaN(value)) return 0;
  const whole = Math.round(value);
  if (Math.abs(value - whole) <= ROUNDING && whole >= 0 && whole < 2 ** 31) return whole;
  throw new InputError(
    `regions ${file} holds ${shortNumber(value)}; allowed: whole numbers from 0 on, one per region`,
  );
}
