import { fixedUnit, NO_UNIT, type Measure } from './measure.ts';

/** Lesions that a method finds in scans, and what else it takes for one. */

/** The region of lesions, in the label maps of the truth. */
export const LESION = 'lesion';

/** What rows of methods without a network have as their method. */
export const DETECTION_FLOORS = {
  diffusion: 'brightness at the highest b',
  b0: 'brightness at b=0',
} as const;

const OVER = 'with a 95 % interval of 1,000 bootstrap samples of people';
const FOUND =
  'A lesion is found where a candidate, a connected component of voxels above a cut-off of the score, touches it; a candidate that touches none is a false positive';

export const FROC_SENSITIVITY: Measure = {
  name: 'froc_sensitivity',
  label: 'sensitivity by false positives per scan',
  definition: `largest share of lesions found, over thresholds of the score of candidates, with no more false positives per scan than the factor \`false_positives\`, ${OVER}. ${FOUND}`,
  unit: NO_UNIT,
  better: 'higher',
};

export const SENSITIVITY_AT_ONE: Measure = {
  name: 'sensitivity_at_1_fp',
  label: 'sensitivity at one false positive per scan',
  definition: `\`froc_sensitivity\` at one false positive per scan, ${OVER}`,
  unit: NO_UNIT,
  better: 'higher',
};

export const FALSE_POSITIVES: Measure = {
  name: 'false_positives_per_scan',
  label: 'false positives per scan, all candidates',
  definition: `candidates that touch no lesion, per scan, at the lowest threshold, ${OVER}`,
  unit: fixedUnit('per scan'),
  better: 'lower',
};

export const LESIONS: Measure = {
  name: 'lesions',
  label: 'lesions',
  definition: 'number of lesions in the tested people, who are counted by n',
  unit: NO_UNIT,
  better: null,
};
