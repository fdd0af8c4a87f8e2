import type { Row } from '../../contracts/metric.ts';
import { PARAMETERS } from '../../contracts/voxels.ts';
import { RMSE_RATIO } from '../../measures/errors.ts';
import type { ComparedMeasure } from '../../measures/repeated-trainings.ts';
import { numericFactor } from '../../tables/reading/factor.ts';
import { nearestSnr } from '../../tables/reading/nearest-snr.ts';
import { numberText } from '../../tables/reading/number-text.ts';
import { rangesText, wordList } from './lists-in-words.ts';

/** Conditions compared with the reference by the intervals of their ratios. */
export interface RatioWords {
  /** `higher with 0 and 1 (by up to 150 %, 140–160 %) and not told apart with 2 and 4–9`; empty without ratios. */
  readonly text: string;
  /** Places along the factor of conditions whose interval lies below 1, above it, and across. */
  readonly lower: readonly number[];
  readonly higher: readonly number[];
  readonly alike: readonly number[];
}

/**
 * States which ratios are below 1, above it, or do not differ detectably from it.
 * @param rows ratios of one statistic to that of the reference, one a condition
 * @param factor what conditions differ in
 * @param text writes a place along it
 */
export function ratioWords(
  rows: readonly Row[],
  factor: string,
  text?: (place: number) => string,
): RatioWords {
  const known = rows
    .filter(({ value }) => Number.isFinite(value))
    .toSorted((a, b) => numericFactor(a, factor) - numericFactor(b, factor));
  const all = known.map((row) => numericFactor(row, factor));
  const groups = [
    ['lower', known.filter(({ ciHigh }) => ciHigh < 1)],
    ['higher', known.filter(({ ciLow }) => ciLow > 1)],
    ['alike', known.filter(({ ciLow, ciHigh }) => !(ciHigh < 1) && !(ciLow > 1))],
  ] as const;
  const parts = groups.flatMap(([word, some]) => {
    if (some.length === 0) return [];
    const where = rangesText(
      some.map((row) => numericFactor(row, factor)),
      all,
      text,
    );
    if (word === 'alike') return [`no detectable difference with ${where}`];
    return [`${word} with ${where} (${extreme(some)})`];
  });
  const [lower, higher, alike] = groups.map(([, some]) => some.map((row) => numericFactor(row, factor)));
  return { text: wordList(parts), lower, higher, alike };
}

/** Formats the ratio furthest from 1 in percent, with its interval. */
function extreme(rows: readonly Row[]): string {
  const far = rows.reduce((a, b) => (Math.abs(Math.log(b.value)) > Math.abs(Math.log(a.value)) ? b : a));
  const [value, one, other] = [far.value, far.ciLow, far.ciHigh].map((ratio) => Math.abs(100 * (ratio - 1)));
  const [low, high] = [Math.min(one, other), Math.max(one, other)].map((percent) => numberText(percent, 2));
  return `by ${rows.length > 1 ? 'up to ' : ''}${numberText(value, 2)} %, interval ${low}–${high} %`;
}

/** A statistic of repeated trainings, with its conditions compared with the reference. */
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
