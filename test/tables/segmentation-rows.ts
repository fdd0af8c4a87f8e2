import type { Row } from '../../src/contracts/metric.ts';
import type { Picture } from '../../src/contracts/picture.ts';
import { CONDITIONS } from '../../src/measures/conditions.ts';
import { measuredRow, plainRow, type RowSubject } from '../../src/measures/measured-rows.ts';
import { REGION_ORDER } from '../../src/measures/regions.ts';
import {
  ALL_REGIONS,
  DICE,
  DICE_DIFFERENCE,
  DICE_OVER_READERS,
  HD95,
  READERS,
  SEGMENTATION_FLOORS,
  SURFACE_DISTANCE,
} from '../../src/measures/segmentation.ts';

const EXPERIMENT = 'segmentation';
const REGIONS = ['left_liver', 'pancreas'];
const about = (method: string, factors: Row['factors'] = {}): RowSubject => ({
  experiment: EXPERIMENT,
  method,
  factors,
});
const estimate = (value: number) => ({ value, low: value - 0.02, high: value + 0.02, n: 24 });

/** Rows of a study of regions: two readers, networks, the first one under another condition, and floors. */
export function segmentationRows(networks: readonly string[] = ['unet']): Row[] {
  const agreement = (of: RowSubject, level: number, reference: string): Row[] =>
    [...REGIONS, ALL_REGIONS].flatMap((region, i) => {
      const factors = { set: 'test', region, reference };
      return [
        measuredRow(of, DICE, estimate(level - 0.04 * i), factors),
        measuredRow(of, HD95, estimate(10 - 8 * level + i), factors),
        measuredRow(of, SURFACE_DISTANCE, estimate(4 - 3 * level + i), factors),
      ];
    });
  const differences = (of: RowSubject, difference: number, rival: string): Row[] =>
    [...REGIONS, ALL_REGIONS].map((region) =>
      measuredRow(of, DICE_DIFFERENCE, estimate(difference), {
        ...{ set: 'test', region, compared_with: rival },
      }),
    );
  const readers = (of: RowSubject, difference: number): Row[] =>
    [...REGIONS, ALL_REGIONS].map((region) =>
      measuredRow(of, DICE_OVER_READERS, estimate(difference), { set: 'test', region }),
    );
  const floors = [SEGMENTATION_FLOORS.logistic, SEGMENTATION_FLOORS.connected, SEGMENTATION_FLOORS.position];
  const [first] = networks;
  const shuffled = about(first, { condition: CONDITIONS.shuffled });
  return [
    // In the order of the data set, which is not that of the alphabet.
    ...REGIONS.toReversed().map((region, i) => plainRow(about(''), REGION_ORDER, i + 1, 1, { region })),
    ...agreement(about(READERS, { reader: 'reader1' }), 0.93, 'truth'),
    ...agreement(about(READERS, { reader: 'reader2' }), 0.92, 'truth'),
    ...agreement(about(READERS, { reader: 'reader2' }), 0.9, 'reader1'),
    ...networks.flatMap((network, i) => [
      ...agreement(about(network), 0.9 - 0.03 * i, 'truth'),
      ...agreement(about(network), 0.88 - 0.03 * i, 'reader1'),
      ...readers(about(network), 0.01 - 0.03 * i),
      ...differences(about(network), 0.4, SEGMENTATION_FLOORS.logistic),
    ]),
    ...floors.flatMap((floor, i) => [
      ...agreement(about(floor), 0.5 + 0.05 * i, 'truth'),
      ...readers(about(floor), -0.4 + 0.05 * i),
      ...differences(about(floor), -0.4 + 0.05 * i, first),
    ]),
    ...agreement(shuffled, 0.56, 'truth'),
    ...differences(shuffled, -0.34, first),
  ];
}

/** A slice of four by two pixels, and drawings of it. */
export function segmentationPictures(): Picture[] {
  const shared = {
    ...{ experiment: EXPERIMENT, width: 4, height: 2, pixel: [4, 4] as const },
    factors: { subject: 'person-01', slice: 5 },
  };
  const drawing = (method: string, moved: number, condition?: string): Picture => ({
    ...{ ...shared, method, quantity: 'regions', legend: REGIONS },
    factors: { ...shared.factors, ...(condition === undefined ? {} : { condition }) },
    values: Float32Array.from({ length: 8 }, (_, i) =>
      (i % 4) - moved < 0 || (i % 4) - moved > 1 ? NaN : (i % 4) - moved,
    ),
  });
  return [
    { ...shared, method: '', quantity: 'b0', values: Float32Array.from({ length: 8 }, (_, i) => i / 8) },
    ...['truth', 'reader1', 'unet'].map((method) => drawing(method, 1)),
    ...['reader2', ...Object.values(SEGMENTATION_FLOORS)].map((method) => drawing(method, 2)),
    drawing('unet', 0, CONDITIONS.shuffled),
  ];
}
