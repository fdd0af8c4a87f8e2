import { gzipped } from '../files/gzip.ts';
import { encodeNifti, type NiftiMap, type NiftiSpace } from './nifti-write.ts';

/** Like `encodeNifti`, compressed for a `.nii.gz` file. */
export const encodeNiftiGz = (space: NiftiSpace, map: NiftiMap): Promise<Uint8Array> =>
  gzipped(encodeNifti(space, map));
