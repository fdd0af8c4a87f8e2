import { fixedUnit, NO_UNIT, type Measure } from './measure.ts';

/** How close images of undersampled k-space come to the true one, and what becomes of a lesion. PSNR and SSIM are those of `synthesis.ts`. */

const PER_CENT = fixedUnit('%');
const OVER_SUBJECTS = "the mean over subjects with Student's 95 % interval";

/** What rows of reconstructions without a network have as their method, and what stands for the better of the regularised ones. */
export const ZERO_FILLED = 'zero-filled';
export const REGULARISER_NAMES = { totalVariation: 'total variation', wavelets: 'wavelets' } as const;
export const COMPRESSED_SENSING = 'compressed sensing';

export const NRMSE_PERCENT: Measure = {
  name: 'nrmse_percent',
  label: 'NRMSE',
  definition: `root-mean-square error of the magnitude in per cent of the root-mean-square of the true image, over the pixels of the brain: ${OVER_SUBJECTS}`,
  unit: PER_CENT,
  better: 'lower',
};

export const NRMSE_DIFFERENCE: Measure = {
  name: 'nrmse_percent_difference',
  label: 'difference of NRMSE',
  definition:
    "`nrmse_percent` less that of another method (factor `compared_with`) on the same subjects and measured data; `compressed sensing` is the regulariser with the lower error on validation subjects: the mean of the paired differences with Student's 95 % interval over subjects",
  unit: PER_CENT,
  better: 'lower',
};

export const NRMSE_RATIO: Measure = {
  name: 'nrmse_ratio',
  label: 'ratio of NRMSE',
  definition:
    "`nrmse_percent` divided by that of another method (factor `compared_with`) on the same subject and measured data: the mean over subjects with Student's 95 % interval",
  unit: NO_UNIT,
  better: 'lower',
};

export const LESION_KEPT: Measure = {
  name: 'lesion_kept',
  label: 'lesion contrast kept',
  definition: `how much of the contrast of small lesions a reconstruction keeps: slope of the change that they make to the reconstruction on the change that they make to the true image, from pairs of the same subject, sampling and noise with and without lesions: ${OVER_SUBJECTS}`,
  unit: NO_UNIT,
  better: 'higher',
};

export const LESION_DETECTABILITY: Measure = {
  name: 'lesion_detectability',
  label: 'detectability of a lesion',
  definition:
    "detectability d' of a small lesion by an observer who knows its place, its shape and the true image around it, and looks for that shape in the error of the reconstruction: difference of the mean scores with and without the lesion over the root mean square of their standard deviations, over all lesions of a set; 95 % interval by resampling subjects",
  unit: NO_UNIT,
  better: 'higher',
};

export const FALSE_CONTRAST: Measure = {
  name: 'false_contrast',
  label: 'largest false contrast',
  definition: `largest mean error over a disc as large as a lesion in the brain of a subject without lesions, divided by the mean contrast that the subject's lesions would have over such a disc; 1: something that is not there is as conspicuous as a lesion: ${OVER_SUBJECTS}`,
  unit: NO_UNIT,
  better: 'lower',
};

export const DATA_RESIDUAL: Measure = {
  name: 'data_residual',
  label: 'distance from the measured data',
  definition:
    'largest |E x - y| / |y| over the slices of a set, where E x are the data that the reconstruction x would give in place of the measured ones, y; the noise of y is no error of x, so that only a reconstruction that puts the data in place comes near 0',
  unit: NO_UNIT,
  better: null,
};

export const REGULARISATION: Measure = {
  name: 'regularisation',
  label: 'weight of the regulariser',
  definition:
    'the weight of a regulariser with the lowest mean `nrmse_percent` on validation subjects, relative to the median of the image; the grid of weights was extended until the best was inside',
  unit: NO_UNIT,
  better: null,
};
