import type { Experiment } from '../src/contracts/experiment.ts';
import { remarksOfCases, writeVirtualCases } from '../src/classified/cases-of-study.ts';
import { architecturesSchema, type ArchitecturesConfig } from './architectures/config.ts';
import { planArchitectures } from './architectures/plan.ts';

/** The networks with which Zaharchuk 2018 introduces deep learning, on one task, and what transfer between scanners saves. */
const architectures: Experiment<ArchitecturesConfig> = {
  label: 'Architectures for liver fibrosis',
  question:
    'Which networks detect significant liver fibrosis best, how much do activation and augmentation matter, and how many cases of another scanner does fine-tuning need?',
  method:
    'All networks are trained on the same divisions of the same cases, with and without augmentation. For transfer learning, the first ' +
    'network is trained on images of one scanner; it is then used on those of another as it is, and after fine-tuning on a few cases of that ' +
    'scanner at a lower learning rate, beside the same network trained on these few alone. Both take as many steps as the longest training on ' +
    'the first scanner, and no validation cases choose the epoch.',
  schema: architecturesSchema,
  plan: planArchitectures,
  remarks: remarksOfCases,
  simulate: writeVirtualCases,
};
export default architectures;
