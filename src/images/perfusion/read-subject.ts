import { voxelSizes } from '../../data/voxel-sizes.ts';
import { join } from 'node:path';
import { InputError } from '../../contracts/input-error.ts';
import { readNifti } from '../../data/nifti-read.ts';
import { divideByMedian } from '../normalise.ts';
import type { Affine, Triple } from '../volume.ts';
import type { Weighting } from '../weighting.ts';
import type { WantedImages } from './list-subjects.ts';
import { maskPath, seriesPath, weightedPath } from './subject-files.ts';

/** The images of a subject, slice after slice. */
export interface PerfusionSubject {
  /** Slices, and pixels along y and x: the same number of them, a multiple of `FACTOR`. */
  readonly shape: readonly [slices: number, height: number, width: number];
  /** Width of a pixel, mm. */
  readonly pixel: number;
  readonly repetitions: readonly Float32Array[];
  /** Divided by the median of its foreground, each. */
  readonly weighted: ReadonlyMap<Weighting, Float32Array>;
  /** 1 within, 0 outside. */
  readonly brain: Float32Array;
  /** SD of the noise of one repetition: of the differences of repetitions from their mean, over the brain. */
  readonly sigma: number;
}

/** Slices are padded with zeros to squares of a multiple of this many pixels, so that networks can halve and turn them. */
const FACTOR = 16;

/**
 * Reads a subject that `listSubjects` lists. Slices are laid with x to the subject's right and y to the front where the axes of the images are near
 * to those of space, and padded.
 *
 * @throws InputError naming file and voxel, where a value is not finite, a mask is empty or an image shows nothing
 */
export async function readSubject(
  folder: string,
  subject: string,
  { weighted, repetitions }: WantedImages,
): Promise<PerfusionSubject> {
  const file = join(folder, seriesPath(subject));
  const { header, volumes } = await readVolumes(file, repetitions);
  const laid = layoutOf(header.shape, header.affine);
  const maskFile = join(folder, maskPath(subject));
  const {
    volumes: [mask],
  } = await readVolumes(maskFile, 1);
  const brain = laid.lay(mask.map((value) => (value > 0.5 ? 1 : 0)));
  if (!brain.includes(1)) throw new InputError(`${maskFile} is empty; allowed: 1 within the brain`);
  const all = volumes.map((volume) => laid.lay(volume));
  const images = new Map<Weighting, Float32Array>();
  for (const name of weighted) {
    const place = join(folder, weightedPath(subject, name));
    const {
      volumes: [image],
    } = await readVolumes(place, 1);
    divideByMedian(image, place);
    images.set(name, laid.lay(image));
  }
  return {
    shape: laid.shape,
    pixel: laid.pixel,
    repetitions: all,
    weighted: images,
    brain,
    sigma: spread(all, brain),
  };
}

/** The first volumes of an image. */
async function readVolumes(file: string, count: number) {
  const { header, data } = await readNifti(file);
  const { shape, slope, intercept } = header;
  const voxels = shape[0] * shape[1] * shape[2];
  const volumes = Array.from({ length: count }, (_, volume) =>
    Float32Array.from({ length: voxels }, (_, i) => slope * data[volume * voxels + i] + intercept),
  );
  volumes.forEach((values, volume) => {
    const bad = values.findIndex((value) => !Number.isFinite(value));
    if (bad < 0) return;
    const place = [
      bad % shape[0],
      Math.floor(bad / shape[0]) % shape[1],
      Math.floor(bad / (shape[0] * shape[1])),
    ];
    const which = header.volumes > 1 ? ` of volume ${volume}` : '';
    throw new InputError(
      `${file}: voxel (${place.join(', ')})${which} is ${values[bad]}; allowed: finite numbers`,
    );
  });
  return { header, volumes };
}

/** How volumes become slices: axes turned round that run to the left or to the back, and zeros around. */
function layoutOf([nx, ny, nz]: Triple, affine: Affine) {
  const sizes = voxelSizes(affine);
  const backwards = [0, 1].map((axis) => affine[axis][axis] < -0.5 * sizes[axis]);
  const size = FACTOR * Math.ceil(Math.max(nx, ny) / FACTOR);
  const [left, front] = [(size - nx) >> 1, (size - ny) >> 1];
  return {
    shape: [nz, size, size] as const,
    pixel: sizes[0],
    lay(volume: Float32Array): Float32Array {
      const out = new Float32Array(nz * size * size);
      for (let k = 0, from = 0; k < nz; k++) {
        for (let j = 0; j < ny; j++) {
          for (let i = 0; i < nx; i++, from++) {
            const x = left + (backwards[0] ? nx - 1 - i : i);
            const y = front + (backwards[1] ? ny - 1 - j : j);
            out[(k * size + y) * size + x] = volume[from];
          }
        }
      }
      return out;
    },
  };
}

/** Root of the mean over the brain of the unbiased variances over repetitions. */
function spread(repetitions: readonly Float32Array[], brain: Float32Array): number {
  let [sum, n] = [0, 0];
  for (let i = 0; i < brain.length; i++) {
    if (brain[i] === 0) continue;
    const mean = repetitions.reduce((total, each) => total + each[i], 0) / repetitions.length;
    sum += repetitions.reduce((total, each) => total + (each[i] - mean) ** 2, 0) / (repetitions.length - 1);
    n++;
  }
  return Math.sqrt(sum / n);
}
