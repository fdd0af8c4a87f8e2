import type { Experiment } from '../src/contracts/experiment.ts';
import { biasMapsSchema, type BiasMapsConfig } from './bias-maps/config.ts';
import { planBiasMaps } from './bias-maps/plan.ts';

/** How far are estimates of one tissue off on average, whatever the prior is right about on average over tissues? */
const biasMaps: Experiment<BiasMapsConfig> = {
  label: 'Bias by tissue: may this be averaged?',
  question:
    'For each true f and Dp: how far is the mean of many estimates from the truth, how much do they scatter, and how often do intervals hold it?',
  method:
    'Voxels are simulated on a grid of f and Dp at one D, many at each node, which differ only in their Rician noise. Bias is what remains of ' +
    'the error when estimates of a region of such tissue are averaged. A fitter with a prior is right on average over its prior, and ' +
    'not at every node.',
  schema: biasMapsSchema,
  plan: planBiasMaps,
};
export default biasMaps;
