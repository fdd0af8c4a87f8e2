import type { Row } from '../../contracts/metric.ts';
import { PEOPLE_SAVED, STARTS, TRANSFER_DICE } from '../../measures/segmentation-transfer.ts';
import { numericFactor } from '../../tables/reading/factor.ts';
import { decimalText } from '../../tables/reading/number-text.ts';
import type { FindingOf, FindingSource } from '../finding.ts';

/** What a network is worth at another field, and what fine-tuning saves. */
const segmentationTransfer: FindingOf = ({ rows }) => {
  const dice = rows.filter(({ metric }) => metric === TRANSFER_DICE.name);
  const asItIs = dice.find(({ factors }) => factors.start === STARTS.asItIs);
  const scratch = dice
    .filter(({ factors }) => factors.start === STARTS.fromScratch)
    .sort((a, b) => numericFactor(a, 'people') - numericFactor(b, 'people'));
  const most = scratch.at(-1);
  const tuned = rows
    .filter(({ metric, factors }) => metric === PEOPLE_SAVED.name && factors.start === STARTS.fineTuned)
    .sort((a, b) => numericFactor(a, 'people') - numericFactor(b, 'people'));
  return {
    reported:
      'Networks classify images of another kind than they were trained on less well; with transfer learning a network that was trained on many images is adapted to few of another kind.',
    source: 'Zaharchuk et al., AJNR Am J Neuroradiol 2018;39:1776–1784',
    found:
      asItIs && most
        ? [
            `Used as it is at the other field the network has a mean Dice of ${decimalText(asItIs.value, 3)}; trained there from scratch on ${numericFactor(most, 'people')} people it has ${decimalText(most.value, 3)}.`,
            ...tuned.map((row) => saved(row, dice)),
          ]
        : [],
    otherwise: 'This run brought no network to another field.',
  };
};
export default {
  order: 44,
  against: 'paper',
  experiments: ['segmentation-transfer'],
  general: true,
  find: segmentationTransfer,
  answer: (run) => segmentationTransfer(run).found[0],
} satisfies FindingSource;

function saved(row: Row, dice: readonly Row[]): string {
  const people = numericFactor(row, 'people');
  const own = dice.find(
    ({ factors }) => factors.start === STARTS.fineTuned && factors.people === row.factors.people,
  );
  const range =
    row.ciLow < row.ciHigh ? ` (${decimalText(row.ciLow, 1)} to ${decimalText(row.ciHigh, 1)})` : '';
  return `Fine-tuned with ${people === 1 ? '1 person' : `${people} people`} it has ${own?.value.toFixed(3)}, which saves ${decimalText(row.value, 1)} people${range}.`;
}
