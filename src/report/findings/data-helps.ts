import type { Row } from '../../contracts/metric.ts';
import { COMPARED_LOSS_ALL, MEDIAN_LOSS_ALL } from '../../measures/repeated-trainings.ts';
import { numericFactor } from '../../tables/reading/factor.ts';
import { comparedStatistics, type ComparedStatistic } from '../phrases/compared-conditions.ts';
import type { FindingOf, FindingSource } from '../finding.ts';

/** Up to which number do more training voxels lower the loss or the error? */
const dataHelps: FindingOf = ({ rows }) => ({
  reported:
    'The study compares networks trained on 1,000 to 1,000,000 voxels, ten trainings each, by their loss over all of these voxels, and ' +
    'then trains on 1,000,000.',
  source: 'Barbieri et al., Magn Reson Med 2020;83:312–321',
  found: [...new Set(rows.map(({ method }) => method))].flatMap((fitter) =>
    sentences(rows.filter((row) => row.method === fitter)),
  ),
  otherwise: 'This run did not compare sizes of the training set.',
});
export default {
  order: 12,
  against: 'paper',
  experiments: ['training-size'],
  general: true,
  find: dataHelps,
  answer: (run) => dataHelps(run).found[0],
} satisfies FindingSource;

function sentences(rows: readonly Row[]): string[] {
  const sizes = rows
    .filter(({ metric }) => metric === MEDIAN_LOSS_ALL.name)
    .map((row) => numericFactor(row, 'training_voxels'));
  const statistics = comparedStatistics(rows, 'training_voxels', COMPARED_LOSS_ALL, count);
  if (statistics.length === 0) return [];
  const largest = Math.max(...sizes);
  return [
    ...statistics.map((statistic) => verdict(rows[0].method, statistic, largest)),
    ...statistics.map(({ name, words }) => `Median ${name} against ${count(largest)} voxels: ${words.text}.`),
  ];
}

/** More data helps up to the largest size whose result is worse than that of the largest of all. */
function verdict(fitter: string, { name, words }: ComparedStatistic, largest: number): string {
  const worse = words.higher.at(-1);
  if (worse === undefined) return `${fitter}, ${name}: more data does not help.`;
  const enough = [...words.alike, ...words.lower].filter((size) => size > worse).sort((a, b) => a - b)[0];
  return enough === undefined
    ? `${fitter}, ${name}: more data helps up to the largest set, ${count(largest)} voxels.`
    : `${fitter}, ${name}: more data helps up to ${count(enough)} voxels; beyond, no difference is detected.`;
}

/** `100,000` */
const count = (voxels: number): string => voxels.toLocaleString('en-US');
