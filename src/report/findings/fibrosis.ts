import type { Row } from '../../contracts/metric.ts';
import { AUC, AUC_OF_IDEAL } from '../../measures/classification.ts';
import { CONDITIONS } from '../../measures/conditions.ts';
import { FAN_2022 } from '../../tables/published/fan-2022.ts';
import {
  classifierLines,
  isNetwork,
  summaryRow,
  type ClassifierLine,
} from '../../tables/reading/classifiers.ts';
import { decimalText } from '../../tables/reading/number-text.ts';
import type { FindingOf, FindingSource } from '../finding.ts';
import { aucText, aucWords, comparedOn } from '../phrases/auc-words.ts';

/** How well networks tell significant fibrosis, and how little one test set shows of it. */
const fibrosis: FindingOf = ({ rows }) => {
  const lines = classifierLines(rows);
  const networks = lines.filter((line) => line.condition === '' && isNetwork(line));
  const set = comparedOn(lines);
  const shuffled = lines.find(({ condition }) => condition === CONDITIONS.shuffled);
  const chance = shuffled && aucWords(shuffled, 'test');
  return {
    reported:
      `Fan 2022 reports an AUC of ${FAN_2022.train} on training and ${FAN_2022.test} on test cases for a 3D CNN on T1-weighted, T2-weighted ` +
      `and ADC volumes of ${FAN_2022.patients} patients, divided 8:2 once. Its cases are patients; these are simulated, so the numbers need not agree.`,
    source: 'Fan 2022, liver fibrosis by a 3D CNN',
    found: [
      ...networks.flatMap((line) => worth(line, set)),
      ...networks.slice(0, 1).flatMap(chanceOfOneTestSet),
      ...(chance === undefined
        ? []
        : [`Trained and tested with shuffled labels: AUC ${chance} on test cases.`]),
    ],
    otherwise: 'This run trained no network under the settings of the study.',
  };
};
export default {
  order: 41,
  against: 'paper',
  experiments: ['liver-fibrosis'],
  general: true,
  find: fibrosis,
  answer: (run) => fibrosis(run).found[0],
} satisfies FindingSource;

function worth(line: ClassifierLine, set: 'population' | 'test'): string[] {
  const auc = aucWords(line, set);
  if (auc === undefined) return [];
  const share = summaryRow(line, AUC_OF_IDEAL.name, set);
  const test = set === 'population' ? aucWords(line, 'test') : undefined;
  return [
    `${line.method}: AUC ${auc} on ${set === 'population' ? 'a population that no training saw' : 'test cases'}` +
      (share === undefined
        ? ''
        : `, ${decimalText(100 * share.value, 1)} % of the way from 0.5 to the ideal observer`) +
      (test === undefined ? '.' : `; ${test} on the test cases of its splits.`),
  ];
}

/** The training that looks best on its test cases, and what it is worth. */
function chanceOfOneTestSet({ method, rows }: ClassifierLine): string[] {
  const of = (set: string): Row[] =>
    rows.filter(({ metric, factors }) => metric === AUC.name && factors.set === set && 'split' in factors);
  const tested = of('test').toSorted((a, b) => b.value - a.value);
  if (tested.length < 2) return [];
  const [best, worst] = [tested[0], tested.at(-1)!];
  const beyond = (row: Row) =>
    of('population').find(
      ({ factors }) => factors.split === row.factors.split && factors.seed === row.factors.seed,
    );
  const words = [best, worst].map((row) => {
    const there = beyond(row);
    return `${aucText(row.value)}${there === undefined ? '' : ` (${aucText(there.value)} on the population)`}`;
  });
  const interval = Number.isFinite(best.ciLow)
    ? ` DeLong’s 95 % interval of the first is ${aucText(best.ciLow)} to ${aucText(best.ciHigh)}.`
    : '';
  return [
    `${best.n} test cases say little: of ${tested.length} trainings of ${method}, one has an AUC of ${words[0]} on its test cases, another ${words[1]}.${interval}`,
  ];
}
