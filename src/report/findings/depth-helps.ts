import type { Row } from '../../contracts/metric.ts';
import { COMPARED_LOSS, LOSS_RATIO, MEDIAN_LOSS } from '../../measures/repeated-trainings.ts';
import { numericFactor } from '../../tables/reading/factor.ts';
import { comparedStatistics } from '../phrases/compared-conditions.ts';
import type { FindingOf, FindingSource } from '../finding.ts';
import { wordList } from '../phrases/lists-in-words.ts';

/** Do networks deeper than the reference have a lower loss or a smaller error? */
const depthHelps: FindingOf = ({ rows }) => ({
  reported:
    'The study compares the final loss of networks with zero to nine hidden layers, ten trainings each, and chooses three.',
  source: 'Barbieri et al., Magn Reson Med 2020;83:312–321',
  found: [...new Set(rows.map(({ method }) => method))].flatMap((fitter) =>
    sentences(rows.filter((row) => row.method === fitter)),
  ),
  otherwise: 'This run did not compare depths.',
});
export default {
  order: 11,
  against: 'paper',
  experiments: ['depth'],
  general: true,
  find: depthHelps,
  answer: (run) => depthHelps(run).found[0],
} satisfies FindingSource;

function sentences(rows: readonly Row[]): string[] {
  const ratios = rows.filter(({ metric }) => metric === LOSS_RATIO.name);
  const compared = ratios.map((row) => numericFactor(row, 'depth'));
  const reference = rows.find(
    (row) => row.metric === MEDIAN_LOSS.name && !compared.includes(numericFactor(row, 'depth')),
  );
  if (!reference || ratios.length === 0) return [];
  const own = numericFactor(reference, 'depth');
  const statistics = comparedStatistics(rows, 'depth', COMPARED_LOSS);
  const deeper = (depths: readonly number[]) => depths.some((depth) => depth > own);
  const names = (which: 'lower' | 'higher') =>
    wordList(statistics.filter(({ words }) => deeper(words[which])).map(({ name }) => name));
  const [helped, harmed] = [names('lower'), names('higher')];
  const verdict = helped === '' ? 'do not help' : `help in ${helped}`;
  const harm = harmed === '' ? '' : `; some deeper networks are worse in ${harmed}`;
  return [
    `${reference.method}: more than ${own} hidden layers ${verdict}${harm}.`,
    ...statistics.map(({ name, words }) => `Median ${name} against ${own} hidden layers: ${words.text}.`),
  ];
}
