import type { Experiment } from '../src/contracts/experiment.ts';
import { denoiseSchema, type DenoiseConfig } from './denoise-ivim/config.ts';
import { planDenoise } from './denoise-ivim/plan.ts';

/** Whether taking noise out of a series before the fit makes D, f and Dp better. */
const denoiseIvim: Experiment<DenoiseConfig> = {
  label: 'Denoising before the fit',
  question:
    'Do D, f and Dp get better if noise is taken out of the diffusion-weighted images before the fit, and what becomes of a lesion?',
  method:
    'Virtual volunteers are scanned once without and once with a lesion in the liver, with the same noise. A U-Net is trained on other volunteers to make ' +
    'slices without noise; a Gaussian filter and MP-PCA have their best setting on validation volunteers. Every fitter fits the series as acquired and ' +
    'after every denoising; fitters that use the noise are given what is left of it on validation volunteers. Errors are over the voxels of all organs, ' +
    'subject by subject; regions are drawn by simulated readers.',
  schema: denoiseSchema,
  plan: planDenoise,
};
export default denoiseIvim;
