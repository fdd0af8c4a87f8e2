import { existsSync } from 'node:fs';
import { InputError } from '../contracts/input-error.ts';
import { counted, oneOrMore } from '../wording/counted.ts';
import { checkBvalCount, readBval } from './bval.ts';
import { autoMask } from './auto-mask.ts';
import { readMask, type Mask } from './mask.ts';
import { readNifti, type NiftiImage } from './nifti-read.ts';
import type { RowSource } from './row-source.ts';
import { scalingStep } from './scaling-step.ts';
import { withExactZeros } from '../signal/b-values.ts';

/** The voxels of a scan as rows, x fastest, and the image whose space the maps inherit. */
export interface NiftiRows extends RowSource {
  readonly image: NiftiImage;
}

export interface NiftiInput {
  /** One 4D series, or several series and volumes that are concatenated. */
  readonly files: readonly string[];
  /** Default: the file next to the first image, with `.bval` in place of `.nii.gz`. */
  readonly bval?: string;
  /** An image, or `auto` to compute a mask from the volumes with the lowest b-value. */
  readonly mask?: string;
  /** Use the mask's voxels in file order and ignore the position in its header. */
  readonly ignoreSpace?: boolean;
}

/** @throws InputError if a file is invalid or files are inconsistent */
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
      ? `${image.file} has ${counted(volumes.length, 'volume')}`
      : `the ${images.length} images have ${counted(volumes.length, 'volume')} together`;
  checkBvalCount(bValues, bvalFile, volumes.length, what);
  const n = image.header.shape[0] * image.header.shape[1] * image.header.shape[2];
  const mask = await maskOf(input, volumes, bValues);
  if (mask) notes.push(...mask.notes);
  return {
    image,
    n,
    bValues,
    normalised: false,
    ...(mask ? { inside: mask.inside } : {}),
    zeroWithin: Math.max(...images.map(({ header }) => scalingStep(header))),
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

/** One volume of a series. */
type Volume = readonly [image: NiftiImage, volume: number];

async function maskOf(
  { mask, ignoreSpace }: NiftiInput,
  volumes: readonly Volume[],
  bValues: Float64Array,
): Promise<Mask | undefined> {
  if (mask === undefined) return undefined;
  const [[image]] = volumes;
  if (mask !== 'auto') return readMask(await readNifti(mask), image, ignoreSpace);
  const exact = withExactZeros(bValues);
  const lowest = Math.min(...exact);
  const { shape } = image.header;
  const mean = new Float64Array(shape[0] * shape[1] * shape[2]);
  const used = volumes.filter((_, c) => exact[c] === lowest);
  for (const [{ data, header }, v] of used) {
    const { slope, intercept } = header;
    for (let i = 0; i < mean.length; i++) {
      mean[i] += (slope * data[v * mean.length + i] + intercept) / used.length;
    }
  }
  const inside = autoMask(mean, shape);
  const count = inside.reduce((sum, flag) => sum + flag, 0);
  if (count === 0) throw new InputError(`--mask auto: ${image.file} is the same everywhere at b=${lowest}`);
  const note = `--mask auto: ${count} of ${counted(inside.length, 'voxel')} ${oneOrMore(count, 'is', 'are')} inside, the largest part above Otsu's threshold at b=${lowest}`;
  return { inside, notes: [note] };
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

/** Whether two affines agree to a hundredth of the voxel size. */
function sameAffine(a: NiftiImage, b: NiftiImage): boolean {
  const largest = Math.max(...a.header.affine.slice(0, 3).flatMap((row) => row.slice(0, 3).map(Math.abs)));
  return a.header.affine.every((row, r) =>
    row.every((value, c) => Math.abs(value - b.header.affine[r][c]) <= 0.01 * largest),
  );
}
