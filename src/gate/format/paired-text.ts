import { quantityOf } from '../../measures/quantities.ts';
import { pValueText, significant } from '../../wording/significant.ts';
import { factorWords } from '../gated-value.ts';
import type { PairedVerdict } from '../paired/compare-errors.ts';
import { textTable } from './text-table.ts';

/** Formats the comparison of two runs for a terminal. */
export function pairedText(verdicts: readonly PairedVerdict[], level: number): string {
  const count = (wanted: PairedVerdict['better']) =>
    verdicts.filter(({ better }) => better === wanted).length;
  const nothing = count('nothing to compare');
  const digits = (value: number) => (Number.isFinite(value) ? significant(value, 4) : '–');
  const lines = verdicts.map((verdict) => {
    const { fitter, parameter, first, second, ratio, ciLow, ciHigh, p, n, better } = verdict;
    const { shownUnit: unit, scale } = quantityOf(parameter);
    const tested = better !== 'identical' && better !== 'nothing to compare';
    return [
      fitter,
      parameter,
      factorWords(verdict).join(', '),
      digits(first * scale),
      digits(second * scale),
      unit,
      digits(ratio),
      tested ? `${digits(ciLow)} to ${digits(ciHigh)}` : '–',
      tested ? pValueText(p) : '–',
      String(n),
      better,
    ];
  });
  const heads = [
    'fitter',
    'parameter',
    'at',
    'rmse first',
    'rmse second',
    'unit',
    'ratio',
    '95 %',
    'p',
    'voxels',
    'better',
  ];
  return [
    textTable([heads, ...lines]),
    '',
    `first better in ${count('first')}, second in ${count('second')}, neither in ${count('neither')}, identical ${count('identical')}${nothing > 0 ? `, nothing to compare in ${nothing}` : ''}; ` +
      `corrected (Holm) so that one or more is called wrongly with a probability of at most ${level}`,
    '',
  ].join('\n');
}
