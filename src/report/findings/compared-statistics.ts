import type { Row } from '../../contracts/metric.ts';
import { PARAMETERS } from '../../contracts/voxels.ts';
import { RMSE_RATIO } from '../../measures/errors.ts';
import type { ComparedMeasure } from '../../measures/repeated-trainings.ts';
import { numericFactor } from '../../tables/reading/factor.ts';
import { nearestSnr } from '../../tables/reading/nearest-snr.ts';
import { numberText } from '../../tables/reading/number-text.ts';
import { ratioWords, type RatioWords } from './ratio-words.ts';

/** A statistic of repeated trainings, and how its conditions stand to the reference. */
export interface ComparedStatistic {
  /** `loss`, `RMSE of D at SNR 20`. */
  readonly name: string;
  readonly words: RatioWords;
}

/**
 * The loss and, at the noise level nearest to SNR 20, the error of each parameter, against the reference condition.
 * @param rows those of one fitter
 * @param factor what conditions differ in
 * @param text writes a place along it
 */
export function comparedStatistics(
  rows: readonly Row[],
  factor: string,
  loss: ComparedMeasure,
  text?: (place: number) => string,
): ComparedStatistic[] {
  const snr = nearestSnr(rows);
  const ratios = (metric: string, parameter: string) =>
    rows.filter(
      (row) =>
        row.metric === metric &&
        row.parameter === parameter &&
        (parameter === '' || numericFactor(row, 'snr') === snr),
    );
  return [
    { name: 'loss', words: ratioWords(ratios(loss.ratio.name, ''), factor, text) },
    ...PARAMETERS.map((parameter) => ({
      name: `RMSE of ${parameter} at SNR ${numberText(snr, 3)}`,
      words: ratioWords(ratios(RMSE_RATIO.name, parameter), factor, text),
    })),
  ].filter(({ words }) => words.text !== '');
}
