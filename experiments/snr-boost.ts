import type { Experiment } from '../src/contracts/experiment.ts';
import { snrBoostSchema, type SnrBoostConfig } from './snr-boost/config.ts';
import { planSnrBoost } from './snr-boost/plan.ts';
import { remarksOfSubjects, writeVirtualSubjects } from '../src/synthesised/subjects-of-study.ts';

/** Perfusion images of six repetitions from one, with proton-density- and T2-weighted images beside it, as in Zaharchuk 2018. */
const snrBoost: Experiment<SnrBoostConfig> = {
  label: 'A boost of SNR for perfusion images',
  question:
    'How near does a network come from one noisy repetition of a perfusion image to the mean of six, and to the truth, and what becomes of lesions?',
  method:
    'Virtual subjects are deformations of the head of ICBM 152; a further set is of Colin 27, which nothing is trained or chosen on. A U-Net sees ' +
    'slices of one repetition of arterial spin labelling and proton-density- and T2-weighted images, and is trained to make the mean of six ' +
    'repetitions, with fresh noise in every training step, as if subjects were scanned anew each time, or with one acquisition per subject, as a study of people has it. The noise of the six sets a floor to the error against them, so the error against the truth is reported as well. Filters ' +
    'have their best setting on validation subjects. Lesions are there in pairs of images with and without, with the same noise, and change the ' +
    'weighted images or not; networks are also used with weighted images that are missing, moved, or of another subject.',
  schema: snrBoostSchema,
  plan: planSnrBoost,
  remarks: remarksOfSubjects,
  simulate: writeVirtualSubjects,
};
export default snrBoost;
