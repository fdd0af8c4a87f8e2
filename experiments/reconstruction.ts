import type { Experiment } from '../src/contracts/experiment.ts';
import { reconstructionSchema, type ReconstructionConfig } from './reconstruction/config.ts';
import { planReconstruction } from './reconstruction/plan.ts';

/** Images from undersampled k-space: zero-filled, compressed sensing, a U-Net, and an unrolled network with data consistency. */
const reconstruction: Experiment<ReconstructionConfig> = {
  label: 'Images from undersampled k-space',
  question:
    'How near does an unrolled network come to the true image from a half to an eighth of k-space, beside compressed sensing and a U-Net, and what becomes of a small lesion?',
  method:
    'Virtual subjects are deformations of the head of ICBM 152; a further set is of Colin 27, which nothing is trained or chosen on. Their T2-weighted images, with ' +
    'a smooth phase and noise, are measured line by line: all lines of the middle of k-space, and others at random, more of them near the middle. Total variation and wavelets have ' +
    'their best weight on validation subjects at every acceleration; one training of each network is for all accelerations, with lines and noise drawn anew in every step. ' +
    'Every method is given the same data, with the phase of the middle lines removed. Subjects are there with and without small lesions, under the same lines and noise.',
  schema: reconstructionSchema,
  plan: planReconstruction,
};
export default reconstruction;
