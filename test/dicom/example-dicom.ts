import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readBval } from '../../src/data/bval.ts';
import { readNifti } from '../../src/data/nifti-read.ts';
import { dicomSeries, type DicomSeries } from './dicom-series.ts';

const scan = (name: string) => fileURLToPath(new URL(`../../examples/scan/${name}`, import.meta.url));
const { data, header } = await readNifti(scan('dwi.nii.gz'));

/** The example scan in whole numbers, as scanners store them, in an upright field of view. */
export const EXAMPLE = {
  shape: header.shape,
  sizes: [6, 6, 11],
  bValues: Array.from(await readBval(scan('dwi.bval'))),
  values: Uint16Array.from(data, Math.round),
} as const satisfies Partial<DicomSeries>;

/** Writes a series into a folder, a file per slice. */
export function putSeries(folder: string, series: Partial<DicomSeries> & Pick<DicomSeries, 'as'>): string {
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of dicomSeries({ ...EXAMPLE, ...series }))
    writeFileSync(join(folder, name), bytes);
  return folder;
}
