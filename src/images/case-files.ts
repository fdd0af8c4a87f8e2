import { folderOf, type Modality } from './modality.ts';

/** The table of a folder of cases, and its columns of subjects. */
export const PARTICIPANTS = 'participants.tsv';
export const PARTICIPANT = 'participant_id';

/** Where the image of a case lies below the folder of the data set: `sub-001/anat/sub-001_T1w.nii.gz`. */
export const imagePath = (subject: string, modality: Modality): string =>
  `${subject}/${folderOf(modality)}/${subject}_${modality}.nii.gz`;
