import { access } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { InputError } from '../../contracts/input-error.ts';
import { readNifti } from '../../data/nifti-read.ts';
import { contentHash } from '../../files/digest.ts';
import { gridOf, type Grid } from '../volume.ts';

/** Heads that come with the program; `data/anatomy/README.md` says what they are. */
export const ANATOMIES = ['icbm152', 'colin27'] as const;
export type AnatomyName = (typeof ANATOMIES)[number];

/** A head as shares of three tissues, in mm of MNI space. */
export interface Anatomy extends Grid {
  /** Shares of each voxel, 0 to 1: the value of voxel (i, j, k) at i + nx (j + ny k). */
  readonly grey: Float32Array;
  readonly white: Float32Array;
  readonly fluid: Float32Array;
}

/** Where the data lie in the package: relative to `src/images/brains/`, and to `dist/src/images/brains/`. */
const PLACES = ['../../../data/anatomy/', '../../../../data/anatomy/'];

/** The file of an anatomy, and the SHA-256 of what it holds. */
export async function anatomyFile(name: AnatomyName): Promise<{ file: string; content: string }> {
  for (const place of PLACES) {
    const file = fileURLToPath(new URL(`${place}${name}.nii.gz`, import.meta.url));
    const isThere = await access(file).then(
      () => true,
      () => false,
    );
    if (isThere) return { file, content: await contentHash(file) };
  }
  throw new Error(`this copy of the program lacks data/anatomy/${name}.nii.gz`);
}

/**
 * Reads an anatomy: three volumes, of grey matter, white matter and fluid.
 * @throws InputError where the file holds something else
 */
export async function readAnatomy(file: string): Promise<Anatomy> {
  const { header, data } = await readNifti(file);
  const { shape, volumes, affine } = header;
  if (volumes !== 3) {
    throw new InputError(
      `${file} holds ${volumes} volumes; allowed: three, the shares of grey matter, white matter and fluid`,
    );
  }
  const voxels = shape[0] * shape[1] * shape[2];
  const share = (tissue: number) =>
    Float32Array.from({ length: voxels }, (_, i) => data[tissue * voxels + i] / 255);
  return { ...gridOf(shape, affine), grey: share(0), white: share(1), fluid: share(2) };
}
