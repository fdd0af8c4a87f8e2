import { fixedUnit, NO_UNIT, type Measure } from './measure.ts';
import { quantityUnit } from './quantities.ts';

/** What taking noise out of a diffusion-weighted series does to the parameters that are fitted to it. */

const OVER_SUBJECTS = "the mean over subjects with Student's 95 % interval";

/** The value of the factor `denoising` of a series as it was acquired. */
export const AS_ACQUIRED = 'none';
export const GAUSSIAN = 'Gaussian filter';
export const MP_PCA = 'MP-PCA';

/** The name of a fitter after a denoiser, as rows have it. */
export const denoisedMethod = (fitter: string, denoising: string): string =>
  denoising === AS_ACQUIRED ? fitter : `${fitter} · ${denoising}`;

export const VOXEL_RMSE: Measure = {
  name: 'voxel_rmse',
  label: 'RMSE over voxels',
  definition: `root-mean-square error of an estimate over the voxels of one subject's organs that did not fail: ${OVER_SUBJECTS}; the factor \`denoising\` says what the series went through before the fit`,
  unit: quantityUnit,
  better: 'lower',
};

export const VOXEL_RMSE_DIFFERENCE: Measure = {
  name: 'voxel_rmse_difference',
  label: 'difference of RMSE over voxels',
  definition:
    "`voxel_rmse` less that of another fitter and denoising (factor `compared_with`) on the same subjects: the mean of the paired differences with Student's 95 % interval over subjects",
  unit: quantityUnit,
  better: 'lower',
};

export const LESION_BIAS: Measure = {
  name: 'lesion_bias_percent',
  label: 'bias in a lesion',
  definition: `mean estimate over a lesion's voxels less their mean truth, in per cent of the latter: ${OVER_SUBJECTS}`,
  unit: fixedUnit('%'),
  // Both signs occur: nearer to 0 is better.
  better: null,
};

export const LESION_RECOVERY: Measure = {
  name: 'lesion_contrast_recovered',
  label: 'contrast of a lesion recovered',
  definition: `difference between the mean estimates with and without a lesion over its voxels, as a fraction of the true difference, on pairs of scans of the same subject with the same noise: ${OVER_SUBJECTS}`,
  unit: NO_UNIT,
  better: 'higher',
};

export const SIGNAL_ERROR: Measure = {
  name: 'signal_error',
  label: 'error of signals',
  definition: `root-mean-square difference of the signals of one subject's organs from those without noise, in units of the noise of one quadrature channel: ${OVER_SUBJECTS}`,
  unit: NO_UNIT,
  better: 'lower',
};

export const DENOISER_SETTING: Measure = {
  name: 'denoiser_setting',
  label: 'setting of a denoiser',
  definition:
    'the setting with the lowest `signal_error` on validation subjects: standard deviation of the Gaussian in voxels; radius of the windows of MP-PCA in voxels',
  unit: NO_UNIT,
  better: null,
};
