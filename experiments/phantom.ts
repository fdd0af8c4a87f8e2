import type { Experiment } from '../src/contracts/experiment.ts';
import { simulatedStudy } from '../src/simulated/study.ts';
import { byProtocol, phantomSchema, sectionKeys, type PhantomConfig } from './phantom/config.ts';
import { planPhantom } from './phantom/plan.ts';

/** Simulated voxels at several noise levels with known truth: error and time of every fitter (Barbieri 2020). */
const phantom: Experiment<PhantomConfig> = {
  label: 'Phantom: error against SNR',
  question:
    'How far from the truth are the estimates of D, f and Dp at each noise level, and how long does a fit take?',
  method:
    'Voxels are simulated from the bi-exponential model with known D, f and Dp. Rician noise is added at several levels; ' +
    'the tissue is the same at every level. Every fitter estimates the same voxels, and its errors are estimate minus truth. ' +
    'SNR is the signal at b = 0 divided by the standard deviation of the noise. Intervals are 95 % intervals over voxels.',
  schema: phantomSchema,
  section: { order: 10, keys: sectionKeys, required: true },
  plan: planPhantom,
  ...simulatedStudy(byProtocol),
};
export default phantom;
