import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../contracts/input-error.ts';
import { readNifti } from '../data/nifti-read.ts';
import { imagePath, PARTICIPANTS } from './case-files.ts';
import type { Modality } from './modality.ts';
import { normalise } from './normalise.ts';
import { readParticipants } from './participants.ts';
import { resample } from './resample.ts';
import { gridOf, placeOf, type Grid, type Volume } from './volume.ts';

/** A case as the table of a data set names it. */
export interface ListedCase {
  readonly subject: string;
  /** 0 to 4. */
  readonly stage: number;
}

export interface CaseList {
  readonly folder: string;
  readonly cases: readonly ListedCase[];
  /** Cases that are left out because an image is missing, a line each. */
  readonly leftOut: readonly string[];
}

/**
 * Lists the cases of a data set by its `participants.tsv`. Reads no image.
 *
 * @param column that holds the stage
 * @throws InputError naming line and subject, where a stage is none of 0 to 4, a subject occurs twice or is no plain name, or no case
 *   is complete
 */
export async function listCases(
  folder: string,
  column: string,
  modalities: readonly Modality[],
): Promise<CaseList> {
  const table = join(folder, PARTICIPANTS);
  const cases: ListedCase[] = [];
  const leftOut: string[] = [];
  for (const { subject, cells, where } of await readParticipants(folder, [column])) {
    const text = cells[column];
    if (!/^[0-4]$/.test(text)) {
      throw new InputError(
        `${where}: ${column} of ${subject} is ${text || 'empty'}; allowed: a stage from 0 to 4`,
      );
    }
    const missing = modalities.filter((modality) => !existsSync(join(folder, imagePath(subject, modality))));
    if (missing.length > 0) leftOut.push(`${subject}: no ${missing.join(', no ')}`);
    else cases.push({ subject, stage: Number(text) });
  }
  if (cases.length === 0) {
    const [first] = leftOut;
    throw new InputError(`${table}: no case is complete${first === undefined ? '' : `, as in ${first}`}`);
  }
  return { folder, cases, leftOut };
}

/** The grid of the first case's first image, whose shape, voxels and orientation all cases are brought to. */
export async function gridOfCases({ folder, cases }: CaseList, [first]: readonly Modality[]): Promise<Grid> {
  const { shape, affine } = await readVolume(join(folder, imagePath(cases[0].subject, first)));
  return gridOf(shape, affine);
}

/**
 * Reads the images of a case on one grid, normalised, x running fastest. The grid is moved to the middle of the case's first image, as
 * people do not lie in the same place; the others are taken from where they are relative to it.
 *
 * @throws InputError naming the file, where an image can't be read, is no single volume, holds a value that is not finite, or shows
 *   nothing within the grid
 */
export async function readCase(
  { folder }: Pick<CaseList, 'folder'>,
  subject: string,
  modalities: readonly Modality[],
  grid: Grid,
): Promise<Float32Array[]> {
  let own: Grid | undefined;
  const volumes: Float32Array[] = [];
  for (const modality of modalities) {
    const file = join(folder, imagePath(subject, modality));
    const volume = await readVolume(file);
    own ??= movedTo(grid, volume);
    const values = resample(volume, own).values.slice();
    normalise(values, modality, file);
    volumes.push(values);
  }
  return volumes;
}

/** The grid with its middle in the middle of another. */
function movedTo(grid: Grid, other: Grid): Grid {
  const middle = ({ shape }: Grid) => shape.map((size) => (size - 1) / 2) as [number, number, number];
  const [from, to] = [placeOf(grid, middle(grid)), placeOf(other, middle(other))];
  const affine = grid.affine.map((row, axis) => [...row.slice(0, 3), row[3] + to[axis] - from[axis]]);
  return { ...grid, affine };
}

async function readVolume(file: string): Promise<Volume> {
  const { header, data } = await readNifti(file);
  const { shape, volumes, slope, intercept, affine } = header;
  if (volumes !== 1) throw new InputError(`${file} holds ${volumes} volumes; allowed: one`);
  const values = Float32Array.from(
    { length: shape[0] * shape[1] * shape[2] },
    (_, i) => slope * data[i] + intercept,
  );
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    const [nx, ny] = shape;
    const place = [bad % nx, Math.floor(bad / nx) % ny, Math.floor(bad / (nx * ny))].join(', ');
    throw new InputError(`${file}: voxel (${place}) is ${values[bad]}; allowed: finite numbers`);
  }
  return { ...gridOf(shape, affine), values };
}
