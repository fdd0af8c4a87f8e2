import { IGNORED } from '../map-layout.ts';
import { writeWholeFolder } from '../../files/whole-folder.ts';
import { drawAnatomy } from './anatomy.ts';
import { datasetDescription, derivativeDescription, readme, regionMeansTable, tsv } from './bids-texts.ts';
import { READERS, scanFiles, subjectLabel, TRUTH } from './dataset-files.ts';
import { regionTruth, type RegionTruth } from './region-truth.ts';
import type { VolunteersSettings } from './settings.ts';
import { simulateScan } from './simulate-scan.ts';

export interface WriteOptions {
  readonly title?: string;
  /** Reports the progress, 0..1. */
  readonly onProgress?: (done: number, message: string) => void;
}

/**
 * Simulates volunteers and writes them as a BIDS data set, which the readers in `src/data/cohort/` treat like any other:
 *
 * - `participants.tsv`, `dataset_description.json`, `README`, `code/settings.json`
 * - `sub-01/ses-15T/dwi/sub-01_ses-15T_dwi.nii.gz` with `.bval`, `.bvec` and `.json`
 * - `derivatives/readers/sub-01/ses-15T/dwi/sub-01_ses-15T_desc-reader1_dseg.nii.gz` with `.tsv`, per reader
 * - `derivatives/truth/sub-01/ses-15T/dwi/sub-01_ses-15T_model-ivim_param-D_dwimap.nii.gz`, the same for f, Dp and S0,
 * `…_desc-truth_dseg.nii.gz` with `.tsv`, and `derivatives/truth/region_means.tsv`
 *
 * The folder appears under its name once everything is written, or not at all.
 * @returns the files' paths
 * @throws InputError if `folder` is not writable, or not empty
 */
export async function writeVolunteers(
  folder: string,
  settings: VolunteersSettings,
  { title = 'Virtual volunteers', onProgress }: WriteOptions = {},
): Promise<readonly string[]> {
  return writeWholeFolder(folder, async (write) => {
    for (const [path, text] of headFiles(settings, title)) await write(path, text);
    const truths: { subject: string; session: string; truth: RegionTruth }[] = [];
    const sessions = Object.keys(settings.sessions);
    const regions = Object.keys(settings.organs.regions);
    for (let number = 1; number <= settings.subjects; number++) {
      const anatomy = drawAnatomy(settings, number);
      const subject = subjectLabel(number, settings.subjects);
      for (const [s, session] of sessions.entries()) {
        const scan = simulateScan(settings, anatomy, number, session);
        for (const [path, data] of await scanFiles(scan, settings, subject, session)) await write(path, data);
        for (const truth of regionTruth(scan, regions)) {
          truths.push({ subject, session: `ses-${session}`, truth });
        }
        const done = (number - 1 + (s + 1) / sessions.length) / settings.subjects;
        onProgress?.(done, `simulating ${subject} ses-${session}`);
      }
    }
    await write(`${TRUTH}/region_means.tsv`, regionMeansTable(truths));
  });
}

function headFiles(settings: VolunteersSettings, title: string): [string, string][] {
  const subjects = Array.from({ length: settings.subjects }, (_, i) => [
    subjectLabel(i + 1, settings.subjects),
  ]);
  const drawn = 'Regions as simulated readers drew them.';
  const truth = 'What the simulation started from: maps without noise, organs, means per region.';
  return [
    ['README', readme(title, settings)],
    ['dataset_description.json', datasetDescription(title)],
    ['participants.tsv', tsv(['participant_id'], subjects)],
    ['code/settings.json', JSON.stringify(settings, null, 2) + '\n'],
    [`${READERS}/dataset_description.json`, derivativeDescription(`${title}: readers`, drawn)],
    [`${TRUTH}/.bidsignore`, `${IGNORED}region_means.tsv\n`],
    [`${TRUTH}/dataset_description.json`, derivativeDescription(`${title}: truth`, truth)],
  ];
}
