import { fixedUnit, NO_UNIT, type Measure } from './measure.ts';

/** How close images that are made from others come to the ones that were to be had, and what becomes of a lesion. */

const PER_CENT = fixedUnit('%');
const OVER_SUBJECTS = "the mean over subjects with Student's 95 % interval";

/** Repetitions whose mean is the reference, as in Zaharchuk 2018. */
export const SIX = 6;

/** What rows of acquired images, of the floor and of filters have as their method. */
export const ONE = 'one repetition';
export const SIX_REPETITIONS = 'six repetitions';
export const FLOOR = 'noise floor';
export const FILTER_NAMES = {
  gaussian: 'Gaussian filter',
  nonLocalMeans: 'non-local means',
  totalVariation: 'total variation',
} as const;

export const RMSE_PERCENT: Measure = {
  name: 'rmse_percent',
  label: 'RMSE',
  definition: `root-mean-square error in per cent of the root-mean-square of the reference (factor \`reference\`: the mean of \`six\` repetitions, or the \`truth\`), over the pixels of the brain: ${OVER_SUBJECTS}`,
  unit: PER_CENT,
  better: 'lower',
};

export const RMSE_FLOOR: Measure = {
  name: 'rmse_floor',
  label: 'floor of the RMSE',
  definition: `the smallest \`rmse_percent\` against six repetitions that an image made from one can have, because of the noise of the six: sqrt(1/7) of that of the one repetition, sqrt(1/6) where it is among the six. Of images of people it is computed from the noise, which is estimated from how their repetitions differ; ${OVER_SUBJECTS}`,
  unit: PER_CENT,
  // A property of the data.
  better: null,
};

export const RMSE_OF_FLOOR: Measure = {
  name: 'rmse_of_floor',
  label: 'RMSE over its floor',
  definition: `\`rmse_percent\` against six repetitions divided by \`rmse_floor\` of the same subject: ${OVER_SUBJECTS}`,
  unit: NO_UNIT,
  better: 'lower',
};

export const RMSE_DIFFERENCE: Measure = {
  name: 'rmse_percent_difference',
  label: 'difference of RMSE',
  definition:
    "`rmse_percent` less that of another method (factor `compared_with`) on the same subjects, each averaged over its trainings: the mean of the paired differences with Student's 95 % interval over subjects",
  unit: PER_CENT,
  better: 'lower',
};

export const PSNR: Measure = {
  name: 'psnr',
  label: 'PSNR',
  definition: `peak signal-to-noise ratio, 10 log10(range² / mean squared error) over the pixels of the brain, the range being the largest value of the reference there: ${OVER_SUBJECTS}`,
  unit: fixedUnit('dB'),
  better: 'higher',
};

export const SSIM: Measure = {
  name: 'ssim',
  label: 'SSIM',
  definition: `structural similarity (Wang et al. 2004: Gaussian window of SD 1.5, population covariances, slice by slice) over the pixels of the brain, with the same range as \`psnr\`: ${OVER_SUBJECTS}`,
  unit: NO_UNIT,
  better: 'higher',
};

export const LESION_CONTRAST: Measure = {
  name: 'lesion_contrast',
  label: 'lesion contrast kept',
  definition: `how much of a lesion's contrast an image keeps: slope of the change that the lesion makes to the image on the change that it makes to the true perfusion, from pairs of the same subject and noise with and without lesions; \`lesion\` says whether the weighted images show them: ${OVER_SUBJECTS}`,
  unit: NO_UNIT,
  better: 'higher',
};

export const STRUCTURE_LEAK: Measure = {
  name: 'structure_leak',
  label: 'structure of another person',
  definition: `how much of another person's perfusion appears in the image when that person's weighted images are given instead of the subject's own: coefficient of that person's true perfusion in a least-squares fit of the change of the image by both persons' true perfusions and a constant; 0 where the weighted images are not used: ${OVER_SUBJECTS}`,
  unit: NO_UNIT,
  better: 'lower',
};

export const FILTER_SETTING: Measure = {
  name: 'filter_setting',
  label: 'setting of a filter',
  definition:
    'the setting of a filter with the lowest mean `rmse_percent` against six repetitions on validation subjects: standard deviation of a Gaussian in pixels; strength of non-local means in units of the noise; weight of total variation in units of the noise',
  unit: NO_UNIT,
  better: null,
};
