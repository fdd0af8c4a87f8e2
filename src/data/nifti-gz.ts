import { gzip } from 'node:zlib';
import { promisify } from 'node:util';
import { encodeNifti, type NiftiMap, type NiftiSpace } from './nifti-write.ts';

/** Like `encodeNifti`, compressed for a `.nii.gz` file. */
export function encodeNiftiGz(space: NiftiSpace, map: NiftiMap): Promise<Uint8Array> {
  return promisify(gzip)(encodeNifti(space, map), { level: 6 });
}
