import type { Row } from '../../contracts/metric.ts';
import { AUC_DIFFERENCE } from '../../measures/classification.ts';
import { CONDITIONS } from '../../measures/conditions.ts';
import { classifierLines, isNetwork, type ClassifierLine } from '../../tables/reading/classifiers.ts';
import { decimalText } from '../../tables/reading/number-text.ts';
import type { FindingOf, FindingSource } from '../finding.ts';
import { aucWords, comparedOn } from '../phrases/auc-words.ts';

/** Which networks are best, whether augmentation helps, and what transfer saves. */
const architectures: FindingOf = ({ rows }) => {
  const lines = classifierLines(rows);
  const set = comparedOn(lines);
  return {
    reported:
      'Zaharchuk 2018 introduces a fully connected softmax network on voxels, convolutional and residual networks, sigmoid, tanh and rectified ' +
      'units, augmentation and transfer learning, without comparing them on one task.',
    source: 'Zaharchuk et al., AJNR 2018;39:1776–1784',
    found: [...ranked(lines, set), ...augmented(lines), ...transferred(lines, set)],
    otherwise: 'This run trained no network under the settings of the study.',
  };
};
export default {
  order: 42,
  against: 'paper',
  experiments: ['architectures'],
  general: true,
  find: architectures,
  answer: (run) => architectures(run).found[0],
} satisfies FindingSource;

type Set = 'population' | 'test';

function ranked(lines: readonly ClassifierLine[], set: Set): string[] {
  const networks = lines.filter((line) => line.condition === '' && isNetwork(line));
  const words = networks.flatMap((line) => {
    const auc = aucWords(line, set);
    return auc === undefined ? [] : [`${line.method} ${auc}`];
  });
  const on = set === 'population' ? 'the population' : 'test cases';
  return words.length === 0 ? [] : [`Median AUC on ${on}, over all trainings: ${words.join(', ')}.`];
}

function augmented(lines: readonly ClassifierLine[]): string[] {
  const changes = lines.flatMap((line) => {
    if (line.condition !== CONDITIONS.noAugmentation) return [];
    const difference = line.rows.find(({ metric }) => metric === AUC_DIFFERENCE.name);
    // The other way round: what augmentation adds.
    return difference === undefined ? [] : [`${line.method} ${differenceText(difference, -1)}`];
  });
  return changes.length === 0 ? [] : [`Augmentation changes the AUC by: ${changes.join(', ')}.`];
}

/** The network as it is on the other scanner, and what fine-tuning adds to training from scratch. */
function transferred(lines: readonly ClassifierLine[], set: Set): string[] {
  const of = (condition: string) =>
    lines
      .filter((line) => line.condition === condition && line.trainingCases !== undefined)
      .toSorted((a, b) => a.trainingCases! - b.trainingCases!);
  const [tuned, scratch] = [of(CONDITIONS.fineTuned), of(CONDITIONS.fromScratch)];
  if (scratch.length === 0) return [];
  const words = (some: readonly ClassifierLine[]) =>
    some
      .filter(({ trainingCases }) => trainingCases! > 0)
      .map((line) => `${aucWords(line, set) ?? 'unknown'} with ${line.trainingCases} cases`)
      .join(', ');
  const asItIs = tuned.find(({ trainingCases }) => trainingCases === 0);
  const differences = tuned.flatMap(({ rows, trainingCases }) => {
    const row = rows.find(({ metric }) => metric === AUC_DIFFERENCE.name);
    return row === undefined ? [] : [`${differenceText(row)} with ${trainingCases} cases`];
  });
  return [
    (asItIs === undefined
      ? ''
      : `On the other scanner, the network has a median AUC of ${aucWords(asItIs, set) ?? 'unknown'} as it is. `) +
      `Fine-tuned: ${words(tuned)}. From scratch: ${words(scratch)}.`,
    ...(differences.length === 0
      ? []
      : [`Fine-tuning less training from scratch, paired: ${differences.join(', ')}.`]),
  ];
}

/** `+0.002 (−0.004 to 0.008)`; the sign is that of the rounded number. */
function differenceText({ value, ciLow, ciHigh }: Row, sign: 1 | -1 = 1): string {
  const [low, high] = sign === 1 ? [ciLow, ciHigh] : [-ciHigh, -ciLow];
  const rounded = Number((sign * value).toFixed(3));
  const interval = Number.isFinite(low) ? ` (${decimalText(low, 3)} to ${decimalText(high, 3)})` : '';
  return `${rounded > 0 ? '+' : ''}${decimalText(rounded, 3)}${interval}`;
}
