import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openCohort } from '../../src/data/cohort/open-cohort.ts';
import type { Cohort } from '../../src/data/cohort/cohort.ts';
import type { BidsSource, CohortSource } from '../../src/data/cohort/source.ts';
import { minimalNifti } from './minimal-nifti.ts';
import { scratchFolder } from './scratch-folder.ts';

const scratch = scratchFolder();
let sets = 0;

export const shape = [3, 2, 2] as const;
export const voxels = 12;
export const bValues = [0, 50, 200, 800];
/** Oblique, running to the left: 2 x 2 x 3 mm. */
export const sform = [-1.9, 0.3, 0.2, 10, 0.4, 1.9, -0.3, -20, -0.1, 0.2, 3, 30];

/** Two regions for each reader; the second one's liver is a voxel larger. Voxels x fastest. */
export const labels: Readonly<Record<string, readonly number[]>> = {
  A: [1, 1, 0, 1, 0, 0, 0, 0, 2, 0, 2, 2],
  B: [1, 1, 1, 1, 0, 0, 0, 0, 2, 0, 2, 0],
};

/** The signal of a voxel at a b-value: another decay everywhere. */
export const signal = (voxel: number, b: number): number =>
  100 * (voxel + 1) * Math.exp(-b * 1e-4 * (voxel + 5));

/** All volumes, one after the other. */
export const series = (scheme: readonly number[] = bValues): number[] =>
  scheme.flatMap((b) => Array.from({ length: voxels }, (_, v) => signal(v, b)));

export interface ImageChanges {
  readonly shape?: readonly number[];
  readonly sform?: readonly number[];
}

export const image = (values: readonly number[], changes: ImageChanges = {}): Uint8Array =>
  minimalNifti({
    datatype: 64,
    shape: [...shape, ...(values.length > voxels ? [values.length / voxels] : [])],
    values,
    sform,
    sformCode: 1,
    pixdim: [1, 2, 2, 3],
    ...changes,
  });

export const labelMap = (values: readonly number[], changes: ImageChanges = {}): Uint8Array =>
  minimalNifti({ datatype: 2, shape, values, sform, sformCode: 1, pixdim: [1, 2, 2, 3], ...changes });

export const table = 'index\tname\n1\tliver\n2\tspleen\n';

/** What a data set is made of: paths to contents. */
export type Contents = Record<string, string | Uint8Array>;

export const imagePath = (subject: string, session: string): string =>
  `sub-${subject}/ses-${session}/dwi/sub-${subject}_ses-${session}_dwi.nii`;
export const drawingPath = (subject: string, session: string, reader: string): string =>
  `derivatives/readers/sub-${subject}/ses-${session}/dwi/sub-${subject}_ses-${session}_desc-${reader}_dseg.nii`;

/** Two people, two sessions, two readers, all complete. */
export function complete(): Contents {
  const contents: Contents = {
    'dataset_description.json': '{"Name":"tiny","BIDSVersion":"1.10.0"}',
    'participants.tsv': 'participant_id\tage\nsub-01\t30\nsub-02\t40\n',
  };
  for (const subject of ['01', '02']) {
    for (const session of ['15T', '3T']) {
      const file = imagePath(subject, session);
      contents[file] = image(series());
      contents[file.replace('.nii', '.bval')] = bValues.join(' ') + '\n';
      for (const reader of ['A', 'B']) {
        const drawing = drawingPath(subject, session, reader);
        contents[drawing] = labelMap(labels[reader]);
        contents[drawing.replace('.nii', '.tsv')] = table;
      }
    }
  }
  return contents;
}

/** Writes a data set into a new folder, and returns the folder. */
export function written(contents: Contents): string {
  const folder = scratch.path(`set-${sets++}`);
  mkdirSync(folder);
  for (const [path, data] of Object.entries(contents)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, data);
  }
  return folder;
}

export function bids(
  folder: string,
  strictness: Partial<Omit<CohortSource, 'from'>> = {},
  layout: Partial<BidsSource> = {},
): CohortSource {
  const from = {
    bids: { folder, readers: 'derivatives/readers', truth: 'derivatives/truth', series: [], ...layout },
  };
  return { from, missing: 'report', gridTolerance: 0.05, ...strictness };
}

/** A complete data set with some files changed (or, where null, left out), opened. */
export function opened(
  changes: Record<string, string | Uint8Array | null>,
  strictness: Partial<Omit<CohortSource, 'from'>> = {},
): Promise<Cohort> {
  return openCohort(bids(written(changed(changes)), strictness));
}

export function changed(changes: Record<string, string | Uint8Array | null>): Contents {
  const contents = complete();
  for (const [path, data] of Object.entries(changes)) {
    if (data === null) delete contents[path];
    else contents[path] = data;
  }
  return contents;
}

export const texts = ({ missing }: Pick<Cohort, 'missing'>): string[] => missing.map(({ text }) => text);
