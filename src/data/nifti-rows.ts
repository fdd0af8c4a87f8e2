import { existsSync } from 'node:fs';
import { InputError } from '../contracts/input-error.ts';
import { checkBvalCount, readBval } from './bval.ts';
import { insideOf } from './mask.ts';
import { readNifti, type NiftiImage } from './nifti-read.ts';
import type { RowSource } from './row-source.ts';

/** The voxels of a scan as rows, x fastest, and the image whose space the maps take over. */
export interface NiftiRows extends RowSource {
  readonly image: NiftiImage;
}

export interface NiftiInput {
  /** One 4D series, or several series and volumes that follow one another. */
  readonly files: readonly string[];
  /** Default: the file beside the first image, `.bval` in place of `.nii.gz`. */
  readonly bval?: string;
  readonly mask?: string;
}

/** @throws InputError where a file is not as it should be or files don't belong together */
export async function openNiftiRows(input: NiftiInput): Promise<NiftiRows> {
  const notes: string[] = [];
  const bvalFile = input.bval ?? bvalBeside(input.files[0], notes);
  const bValues = await readBval(bvalFile);
  const images: NiftiImage[] = [];
  for (const file of input.files) images.push(await readNifti(file));
  const image = images[0];
  for (const other of images) checkSameSpace(image, other);
  const volumes = images.flatMap((each) =>
    Array.from({ length: each.header.volumes }, (_, v) => [each, v] as const),
  );
  const what =
    images.length === 1
      ? `${image.file} has ${volumes.length} volumes`
      : `the ${images.length} images have ${volumes.length} volumes together`;
  checkBvalCount(bValues, bvalFile, volumes.length, what);
  const n = image.header.shape[0] * image.header.shape[1] * image.header.shape[2];
  const mask = input.mask === undefined ? undefined : await readNifti(input.mask);
  const inside = mask && insideOf(mask, image);
  if (mask && !sameAffine(mask, image)) {
    notes.push(
      `mask ${mask.file} lies elsewhere in space than the scan by its header; its voxels are taken as they come`,
    );
  }
  return {
    image,
    n,
    bValues,
    normalised: false,
    ...(inside ? { inside } : {}),
    notes,
    async read(first, count, into) {
      const columns = volumes.length;
      for (let c = 0; c < columns; c++) {
        const [{ data, header }, v] = volumes[c];
        const { slope, intercept } = header;
        const from = v * n + first;
        for (let i = 0; i < count; i++) into[i * columns + c] = slope * data[from + i] + intercept;
      }
    },
    close: async () => {},
  };
}

function bvalBeside(file: string, notes: string[]): string {
  const beside = file.replace(/(\.nii)?(\.gz)?$/i, '.bval');
  if (!existsSync(beside)) {
    throw new InputError(`${file} needs its b-values: give --bval FILE (there is no ${beside} beside it)`);
  }
  notes.push(`b-values are read from ${beside}`);
  return beside;
}

function checkSameSpace(first: NiftiImage, other: NiftiImage): void {
  const wanted = first.header.shape;
  if (other.header.shape.some((size, axis) => size !== wanted[axis])) {
    throw new InputError(
      `${other.file} is ${other.header.shape.join(' x ')}, but ${first.file} is ${wanted.join(' x ')}`,
    );
  }
  if (!sameAffine(first, other)) {
    throw new InputError(`${other.file} lies elsewhere in space than ${first.file}: their affines differ`);
  }
}

/** Whether two affines agree to a hundredth of a voxel's size. */
function sameAffine(a: NiftiImage, b: NiftiImage): boolean {
  const largest = Math.max(...a.header.affine.slice(0, 3).flatMap((row) => row.slice(0, 3).map(Math.abs)));
  return a.header.affine.every((row, r) =>
    row.every((value, c) => Math.abs(value - b.header.affine[r][c]) <= 0.01 * largest),
  );
}
