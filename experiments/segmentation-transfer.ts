import type { Experiment } from '../src/contracts/experiment.ts';
import {
  SegmentationTransferKeys,
  type SegmentationTransferConfig,
} from '../src/segmented/transfer-config.ts';
import { planSegmentationTransfer } from '../src/segmented/transfer-plan.ts';

/** A network that marks regions, brought to scans of another field strength. */
const segmentationTransfer: Experiment<SegmentationTransferConfig> = {
  label: 'Segmentation at another field',
  question:
    'Does a network that was trained at one field strength mark regions at another, and how many people of the other does fine-tuning save?',
  method:
    'A U-Net is trained on virtual people at one field. At the other, where relaxation times, contrasts and noise differ, it is used as it is, fine-tuned with a few people, and set beside ' +
    'networks trained there from random weights on the same and on more people. All are tested on the same people, who are in no training. Trainings at the other field have ' +
    'equally many steps, however many people, and keep their last weights, or the average of those, so that no further people are needed to choose an epoch.',
  schema: SegmentationTransferKeys,
  plan: (config) => Promise.resolve(planSegmentationTransfer('segmentation-transfer', config)),
};
export default segmentationTransfer;
