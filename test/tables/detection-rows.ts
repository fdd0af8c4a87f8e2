import type { Row } from '../../src/contracts/metric.ts';
import { DETECTION_FLOORS, FROC_SENSITIVITY } from '../../src/measures/lesion-detection.ts';
import { measuredRow } from '../../src/measures/measured-rows.ts';
import { STARTS, TRANSFER_DICE } from '../../src/measures/segmentation-transfer.ts';

const estimate = (value: number) => ({ value, low: value - 0.06, high: value + 0.05, n: 24 });

/** Rows of a study of lesions: networks and a floor, each better the more false positives it may have. */
export const detectionRows = (networks: readonly string[] = ['unet']): Row[] =>
  [...networks, DETECTION_FLOORS.diffusion].flatMap((method, i) =>
    [0.25, 0.5, 1, 2, 4].map((rate, k) =>
      measuredRow(
        { experiment: 'lesion-detection', method, factors: {} },
        FROC_SENSITIVITY,
        estimate(0.5 - 0.05 * i + 0.1 * k),
        { false_positives: rate },
      ),
    ),
  );

/** Rows of a study of transfer: the network as it is, fine-tuned, and from scratch with more and more people. */
export const transferDiceRows = (people: readonly number[] = [1, 2, 5]): Row[] => {
  const row = (value: number, factors: Row['factors']) =>
    measuredRow(
      { experiment: 'segmentation-transfer', method: 'unet', factors: {} },
      TRANSFER_DICE,
      estimate(value),
      factors,
    );
  return [
    row(0.7, { start: STARTS.asItIs }),
    ...people.flatMap((count) => [
      row(0.72 + 0.01 * count, { start: STARTS.fineTuned, people: count }),
      row(0.5 + 0.03 * count, { start: STARTS.fromScratch, people: count }),
    ]),
  ];
};
