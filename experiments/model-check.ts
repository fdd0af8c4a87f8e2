import type { Experiment } from '../src/contracts/experiment.ts';
import { modelCheckSchema, type ModelCheckConfig } from './model-check/config.ts';
import { planModelCheck } from './model-check/plan.ts';

/** Voxels that the model does not describe, and voxels that it does: how many of each does the test of residuals mark? */
const modelCheck: Experiment<ModelCheckConfig> = {
  label: 'Model check: what the residuals give away',
  question:
    'Which signals that are not those of normal tissue are marked as poor fits, and how often is normal tissue?',
  method:
    'Voxels of several kinds are simulated with Rician noise: normal tissues, tissues outside the prior of the fitters, other decays than the ' +
    'bi-exponential, and images that lost signal. Every fitter estimates them, and the sum of its squared residuals in units of the ' +
    'noise is compared with the chi-square distribution. A voxel with p < 0.001 counts as a poor fit.',
  schema: modelCheckSchema,
  plan: planModelCheck,
};
export default modelCheck;
