import { TRUTH, type Row } from '../../contracts/metric.ts';
import { CONDITIONS } from '../../measures/conditions.ts';
import { ALL_REGIONS, DICE, DICE_OVER_READERS } from '../../measures/segmentation.ts';
import { regionText } from '../../tables/reading/regions.ts';
import {
  readersAgreement,
  segmentationMethods,
  segmentationValue,
  segmentedRegions,
  type SegmentationMethod,
} from '../../tables/reading/segmentation-methods.ts';
import { decimalText } from '../../tables/reading/number-text.ts';
import type { FindingOf, FindingSource } from '../finding.ts';

/** How far below the agreement of readers a network may be and still count as one of them. */
const MARGIN = 0.02;
const LEAST = 0.8;

/** Whether networks mark regions as well as readers agree, and what is left without images. */
const segmentation: FindingOf = ({ rows }) => {
  const methods = segmentationMethods(rows);
  const networks = methods.filter(({ kind, condition }) => kind === 'network' && condition === '');
  const told = (method: SegmentationMethod): string[] => {
    const value = meanDice(rows, method);
    return value === undefined ? [] : [`${method.name} ${decimalText(value, 3)}`];
  };
  const floors = methods.filter(({ kind }) => kind === 'floor').flatMap(told);
  const shuffled = methods.filter(({ condition }) => condition === CONDITIONS.shuffled).flatMap(told);
  return {
    reported:
      'Networks that classify every pixel find and outline structures and lesions in images; their agreement with an outline by hand is reported as Dice’s coefficient.',
    source: 'Zaharchuk et al., AJNR Am J Neuroradiol 2018;39:1776–1784',
    found: [
      ...networks.flatMap((network) => besideReaders(rows, network)),
      ...(floors.length + shuffled.length > 0
        ? [
            `Mean Dice with the truth of what sees no slices, or learnt from the label maps of other people: ${[...floors, ...shuffled].join(', ')}.`,
          ]
        : []),
    ],
    otherwise: 'This run marked no regions with a network.',
  };
};
export default {
  order: 43,
  against: 'paper',
  experiments: ['segmentation'],
  general: true,
  find: segmentation,
  answer: (run) => segmentation(run).found[0],
} satisfies FindingSource;

const meanDice = (rows: readonly Row[], method: SegmentationMethod): number | undefined =>
  segmentationValue(rows, method, DICE, { region: ALL_REGIONS, reference: TRUTH })?.value;

function besideReaders(rows: readonly Row[], network: SegmentationMethod): string[] {
  const mean = meanDice(rows, network);
  const between = readersAgreement(rows, ALL_REGIONS);
  const over = segmentationValue(rows, network, DICE_OVER_READERS, { region: ALL_REGIONS });
  if (mean === undefined || !between || !over) return [];
  const verdict =
    over.low > -MARGIN
      ? `not more than ${MARGIN} below it`
      : over.high < -MARGIN
        ? `more than ${MARGIN} below it`
        : `and its interval does not show whether that is more than ${MARGIN} below it`;
  const poor = segmentedRegions(rows).flatMap((region) => {
    const value = segmentationValue(rows, network, DICE, { region, reference: TRUTH })?.value;
    return region !== ALL_REGIONS && value !== undefined && value < LEAST
      ? [`${regionText(region)} ${decimalText(value, 2)}`]
      : [];
  });
  return [
    `In people it has not seen ${network.name} has a mean Dice of ${decimalText(mean, 3)} with the true regions; with the readers it differs from their agreement, ${decimalText(between.value, 3)}, by ${decimalText(over.value, 3)} (${decimalText(over.low, 3)} to ${decimalText(over.high, 3)}), ${verdict}. ` +
      (poor.length === 0
        ? `Every region has at least ${decimalText(LEAST, 2)}.`
        : `Below ${decimalText(LEAST, 2)}: ${poor.join(', ')}.`),
  ];
}
