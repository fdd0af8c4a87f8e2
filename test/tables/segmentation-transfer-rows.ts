import { STARTS } from '../../src/measures/segmentation-transfer.ts';
import { transferRows } from '../../src/segmented/transfer-summary.ts';

const noise = [-0.02, 0.01, 0.03, -0.01, -0.01];
const tested = (start: (typeof STARTS)[keyof typeof STARTS], people: number, dice: number) => ({
  ...{ start, people },
  dice: noise.map((each) => dice + each),
});

/** Rows of a made-up study of a network at another field. */
export const segmentationTransferRows = () =>
  transferRows({ experiment: 'segmentation-transfer', method: 'unet', factors: {} }, [
    tested(STARTS.asItIs, 0, 0.3),
    tested(STARTS.fineTuned, 2, 0.7),
    ...[1, 2, 4, 8].map((people, i) => tested(STARTS.fromScratch, people, [0.4, 0.5, 0.6, 0.7][i])),
  ]);
