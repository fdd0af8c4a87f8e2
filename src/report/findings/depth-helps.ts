import type { Row } from '../../contracts/metric.ts';
import { PARAMETERS } from '../../contracts/voxels.ts';
import { numericFactor } from '../../tables/reading/factor.ts';
import { nearestSnr } from '../../tables/reading/nearest-snr.ts';
import { numberText } from '../../tables/reading/number-text.ts';
import type { FindingOf } from './finding.ts';
import { ratioWords } from './ratio-words.ts';
import { wordList } from './word-list.ts';

/** Whether networks deeper than the reference have a lower loss or a smaller error. */
export const depthHelps: FindingOf = ({ rows }) => {
  const fitters = [...new Set(rows.map(({ fitter }) => fitter))];
  return {
    reported:
      'The study compares the final loss of networks of zero to nine hidden layers, ten trainings each, and goes on with three.',
    source: 'Barbieri et al., Magn Reson Med 2020;83:312–321',
    found: fitters.flatMap((fitter) => sentences(rows.filter((row) => row.fitter === fitter))),
    otherwise: 'This run did not compare depths.',
  };
};

function sentences(rows: readonly Row[]): string[] {
  const losses = rows.filter(({ metric }) => metric === 'loss_ratio');
  const medians = rows.filter(({ metric }) => metric === 'median_loss');
  const depths = losses.map((row) => numericFactor(row, 'depth'));
  const reference = medians.find((row) => !depths.includes(numericFactor(row, 'depth')));
  if (!reference) return [];
  const own = numericFactor(reference, 'depth');
  const snr = nearestSnr(rows);
  const statistics = [
    { name: 'loss', ratios: losses },
    ...PARAMETERS.map((parameter) => ({
      name: `RMSE of ${parameter} at SNR ${numberText(snr, 3)}`,
      ratios: rows.filter(
        (row) =>
          row.metric === 'rmse_ratio' && row.parameter === parameter && numericFactor(row, 'snr') === snr,
      ),
    })),
  ].map(({ name, ratios }) => ({ name, words: ratioWords(ratios, 'depth') }));
  const deeper = (places: readonly number[]) => places.some((depth) => depth > own);
  const helped = statistics.filter(({ words }) => deeper(words.lower)).map(({ name }) => name);
  const verdict =
    helped.length === 0
      ? `More depth than ${own} does not help ${reference.fitter}: no deeper network has a lower loss or error.`
      : `More depth than ${own} helps ${reference.fitter} in ${wordList(helped)}.`;
  return [
    verdict,
    ...statistics
      .filter(({ words }) => words.text !== '')
      .map(({ name, words }) => `Median ${name} against ${own} hidden layers: ${words.text}.`),
  ];
}
