import type { Weighting } from '../weighting.ts';

/** Where the images of a subject lie below the folder of a data set, by BIDS names. */
export const seriesPath = (subject: string): string => `${subject}/perf/${subject}_asl.nii.gz`;
/** The table beside the series that says what its volumes are. */
export const contextPath = (subject: string): string => `${subject}/perf/${subject}_aslcontext.tsv`;
export const maskPath = (subject: string): string => `${subject}/perf/${subject}_desc-brain_mask.nii.gz`;
export const weightedPath = (subject: string, name: Weighting): string =>
  `${subject}/anat/${subject}_${name}.nii.gz`;

/** The column of `participants.tsv` that divides the subjects. */
export const SET_COLUMN = 'set';
/** The column of the context, and what volumes may be: perfusion images, as differences or quantified. */
export const VOLUME_TYPE = 'volume_type';
export const PERFUSION_VOLUMES: readonly string[] = ['cbf', 'deltam'];
