import type { Experiment } from '../src/contracts/experiment.ts';
import { planSegmentationStudy } from '../src/segmented/plan.ts';
import { segmentationSchema, type SegmentationConfig } from './segmentation/config.ts';

/** Regions of the abdomen, marked by networks in diffusion-weighted scans beside two readers. */
const segmentation: Experiment<SegmentationConfig> = {
  label: 'Segmentation of the abdomen',
  question:
    'Does a network mark regions of the abdomen in people it has not seen as well as two readers agree, and what does it have over methods that see one voxel at a time?',
  method:
    'Virtual people, with the organs and readers of the volunteers study and muscle that relaxes as in people, have more that makes regions hard to tell apart: texture, bowel, vessels and fat, ' +
    'motion, a receive field and ghosts. A U-Net sees slices with their neighbours at b=0 and a few other b-values and learns the mean of the drawings of all readers. People are divided ' +
    'into folds; everyone is tested once, by networks that were trained and whose epoch was chosen on others. Floors see one voxel at a time or position alone; a control is trained ' +
    'with the label maps of other people, without augmentation.',
  schema: segmentationSchema,
  plan: (config) => planSegmentationStudy({ experiment: 'segmentation', config }),
};
export default segmentation;
