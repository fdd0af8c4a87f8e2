import { readNifti } from '../nifti-read.ts';
import type { NiftiSpace } from '../nifti-write.ts';
import type { CohortSession } from './cohort.ts';

/** One volume of a series: the value of voxel i is `slope * data[start + i] + intercept`. */
export interface Volume {
  readonly file: string;
  readonly space: NiftiSpace;
  readonly data: ArrayLike<number>;
  readonly start: number;
  readonly slope: number;
  readonly intercept: number;
}

/**
 * Reads a session's images, volume after volume.
 * @throws InputError if a file can't be read or is truncated
 */
export async function readVolumes({ images }: Pick<CohortSession, 'images'>): Promise<Volume[]> {
  const volumes: Volume[] = [];
  for (const image of images) {
    const { file, data, header } = await readNifti(image);
    const { shape, slope, intercept } = header;
    const size = shape[0] * shape[1] * shape[2];
    for (let v = 0; v < header.volumes; v++) {
      volumes.push({ file, space: header, data, start: v * size, slope, intercept });
    }
  }
  return volumes;
}

/** Returns the values of the chosen voxels: one row per voxel, one column per volume. */
export function rowsOf(volumes: readonly Volume[], chosen: Uint32Array): Float64Array {
  const rows = new Float64Array(chosen.length * volumes.length);
  volumes.forEach(({ data, slope, intercept, start }, c) => {
    for (let i = 0; i < chosen.length; i++) {
      rows[i * volumes.length + c] = slope * data[start + chosen[i]] + intercept;
    }
  });
  return rows;
}

/** Returns the mean of the b=0 volumes over the whole image. */
export function meanB0(
  volumes: readonly Volume[],
  { protocol, shape }: Pick<CohortSession, 'protocol' | 'shape'>,
): Float32Array {
  const mean = new Float32Array(shape[0] * shape[1] * shape[2]);
  volumes.forEach(({ data, start, slope, intercept }, c) => {
    if (protocol.place[c] !== 0) return;
    for (let i = 0; i < mean.length; i++)
      mean[i] += (slope * data[start + i] + intercept) / protocol.repeats[0];
  });
  return mean;
}
