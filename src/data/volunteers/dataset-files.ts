import { formatBval } from '../bval.ts';
import type { BidsSource } from '../cohort/source.ts';
import { encodeNiftiGz } from '../nifti-gz.ts';
import { spaceOf } from '../nifti-write.ts';
import { bvec, segmentationTable, sidecar } from './bids-texts.ts';
import { affineOf } from './scan-space.ts';
import type { VolunteersSettings } from './settings.ts';
import type { Scan } from './simulate-scan.ts';

export const READERS = 'derivatives/readers';
export const TRUTH = 'derivatives/truth';

/** The source that describes a data set of virtual volunteers to `openCohort`, as `from.bids`. */
export const virtualLayout = (folder: string): BidsSource => ({
  folder,
  readers: READERS,
  truth: TRUTH,
  series: [],
});

/** `sub-03`; padded to the number of digits of the largest number, at least two. */
export function subjectLabel(subject: number, subjects: number): string {
  return `sub-${String(subject).padStart(Math.max(2, String(subjects).length), '0')}`;
}

/** Returns the files of one scan, by their path within the data set. */
export async function scanFiles(
  scan: Scan,
  settings: VolunteersSettings,
  subject: string,
  sessionName: string,
): Promise<Map<string, string | Uint8Array>> {
  const { bValues } = settings;
  const regions = segmentationTable(Object.keys(settings.organs.regions));
  const session = `ses-${sessionName}`;
  const folder = `${subject}/${session}/dwi`;
  const stem = `${folder}/${subject}_${session}`;
  const space = spaceOf(affineOf(scan.space));
  const image = (name: string, data: Float32Array | Uint8Array, volumes?: number) =>
    encodeNiftiGz(space, {
      data,
      shape: volumes === undefined ? scan.space.shape : [...scan.space.shape, volumes],
      name,
      description: `${subject} ${session} ${name}, simulated`,
    });
  const files: [string, string | Uint8Array | Promise<Uint8Array>][] = [
    [`${stem}_dwi.nii.gz`, image('dwi', scan.series, bValues.length)],
    [`${stem}_dwi.bval`, formatBval(bValues)],
    [`${stem}_dwi.bvec`, bvec(bValues)],
    [`${stem}_dwi.json`, sidecar(settings.sessions[sessionName], scan.sigma)],
    [`${TRUTH}/${stem}_desc-truth_dseg.nii.gz`, image('organs', scan.organs)],
    [`${TRUTH}/${stem}_desc-truth_dseg.tsv`, regions],
  ];
  for (const name of ['S0', 'D', 'f', 'Dp'] as const) {
    const map = image(name, Float32Array.from(scan.truth[name]));
    files.push([`${TRUTH}/${stem}_model-ivim_param-${name}_dwimap.nii.gz`, map]);
  }
  for (const [reader, labels] of scan.drawings) {
    const drawing = `${READERS}/${stem}_desc-${reader}_dseg`;
    files.push([`${drawing}.nii.gz`, image(reader, labels)], [`${drawing}.tsv`, regions]);
  }
  return new Map(await Promise.all(files.map(async ([path, data]) => [path, await data] as const)));
}
