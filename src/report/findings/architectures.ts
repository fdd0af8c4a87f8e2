import { AUC_MEDIAN } from '../../measures/classification.ts';
import { CONDITIONS } from '../../measures/conditions.ts';
import {
  classifierLines,
  isNetwork,
  summaryRow,
  type ClassifierLine,
} from '../../tables/reading/classifiers.ts';
import { decimalText } from '../../tables/reading/number-text.ts';
import type { FindingOf, FindingSource } from '../finding.ts';
import { aucText, aucWords, comparedOn } from '../phrases/auc-words.ts';

/** Which networks are best, whether augmentation helps, and what transfer saves. */
const architectures: FindingOf = ({ rows }) => {
  const lines = classifierLines(rows);
  const set = comparedOn(lines);
  return {
    reported:
      'Zaharchuk 2018 introduces a fully connected softmax network on voxels, convolutional and residual networks, sigmoid, tanh and rectified ' +
      'units, augmentation and transfer learning, without comparing them on one task.',
    source: 'Zaharchuk et al., AJNR 2018;39:1776–1784',
    found: [...ranked(lines, set), ...augmented(lines, set), ...transferred(lines, set)],
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

const median = (line: ClassifierLine, set: Set): number =>
  summaryRow(line, AUC_MEDIAN.name, set)?.value ?? NaN;

function ranked(lines: readonly ClassifierLine[], set: Set): string[] {
  const networks = lines.filter((line) => line.condition === '' && isNetwork(line));
  const words = networks.flatMap((line) => {
    const auc = aucWords(line, set);
    return auc === undefined ? [] : [`${line.method} ${auc}`];
  });
  const on = set === 'population' ? 'the population' : 'test cases';
  return words.length === 0 ? [] : [`Median AUC on ${on}, over all trainings: ${words.join(', ')}.`];
}

function augmented(lines: readonly ClassifierLine[], set: Set): string[] {
  const changes = lines.flatMap((without) => {
    if (without.condition !== CONDITIONS.noAugmentation) return [];
    const own = lines.find((line) => line.method === without.method && line.condition === '');
    const change = own === undefined ? NaN : median(own, set) - median(without, set);
    if (!Number.isFinite(change)) return [];
    return [`${without.method} ${change > 0 ? '+' : ''}${decimalText(change, 3)}`];
  });
  return changes.length === 0 ? [] : [`Augmentation changes the median AUC by: ${changes.join(', ')}.`];
}

/** How many cases training from scratch needs to be as good as fine-tuning with the fewest. */
function transferred(lines: readonly ClassifierLine[], set: Set): string[] {
  const of = (condition: string) =>
    lines
      .filter((line) => line.condition === condition && line.trainingCases !== undefined)
      .map((line) => ({ cases: line.trainingCases!, auc: median(line, set) }))
      .filter(({ auc }) => Number.isFinite(auc))
      .sort((a, b) => a.cases - b.cases);
  const [tuned, scratch] = [of(CONDITIONS.fineTuned), of(CONDITIONS.fromScratch)];
  const [asItIs, fewest] = [tuned.find(({ cases }) => cases === 0), tuned.find(({ cases }) => cases > 0)];
  if (fewest === undefined || scratch.length === 0) return [];
  const enough = scratch.find(({ auc }) => auc >= fewest.auc);
  const most = scratch.at(-1)!;
  return [
    (asItIs === undefined
      ? ''
      : `On the other scanner, the network has a median AUC of ${aucText(asItIs.auc)} as it is. `) +
      `Fine-tuned with ${fewest.cases} cases it has ${aucText(fewest.auc)}; from scratch, ` +
      (enough === undefined
        ? `${most.cases} cases are not enough for that (${aucText(most.auc)}).`
        : `${enough.cases} cases give ${aucText(enough.auc)}.`),
  ];
}
