import type { Experiment } from '../src/contracts/experiment.ts';
import { LesionDetectionKeys, type LesionDetectionConfig } from '../src/segmented/detection-config.ts';
import { planLesionDetection } from '../src/segmented/detection-plan.ts';

/** Small metastases of the liver, found by networks in diffusion-weighted scans. */
const lesionDetection: Experiment<LesionDetectionConfig> = {
  label: 'Detection of lesions in the liver',
  question: 'How many small lesions of the liver does a network find, at how many false positives per scan?',
  method:
    'Virtual people have up to a few small metastases in the liver, which are bright at high b-values since water in them diffuses less. A U-Net learns the organs and the lesions; connected voxels with some ' +
    'probability of a lesion are candidates, and their highest probability is their score. The free-response characteristic (FROC) sets the share of lesions that are found against false positives per scan. People ' +
    'are divided into folds; everyone is tested once, by networks trained on others. Floors take what is bright in the true liver for lesions.',
  schema: LesionDetectionKeys,
  plan: (config) => Promise.resolve(planLesionDetection('lesion-detection', config)),
};
export default lesionDetection;
