import type { Row } from '../contracts/metric.ts';
import type { Interval, Table } from '../contracts/table.ts';
import { aboutLine, agreementLines, intervalOf, type AgreementLine } from './reading/agreement-lines.ts';
import { quantityOf } from '../measures/quantities.ts';

const FORMS = [
  ['icc1', 'ICC(1,1)'],
  ['icc2', 'ICC(2,1)'],
  ['icc3', 'ICC(3,1)'],
  ['icc1k', 'ICC(1,k)'],
  ['icc2k', 'ICC(2,k)'],
  ['icc3k', 'ICC(3,k)'],
] as const;
const SPREAD = ['wcv_percent', 'repeatability', 'f_two_way', 'p_two_way', 'icc2_bootstrap'];
const DIFFERENCES = ['bias', 'lower', 'upper'] as const;

const table: Table = {
  title: 'Agreement between readers, in full',
  order: 2.3,
  caption:
    'All six forms of Shrout and Fleiss with 95 % intervals from the F distribution, ICC(2,1) again with an interval from a bootstrap over ' +
    'people, and the F test of the two-way forms; the coefficient of variation within one region of one person, the ' +
    'repeatability coefficient (95 % of differences between two readers are expected below it), and Bland and Altman’s mean difference ' +
    'and limits of agreement. `truth` is the agreement of readers who read off the truth.',
  build(rows) {
    const lines = agreementLines(rows, [...FORMS.map(([form]) => form), ...SPREAD]);
    if (!lines.some((line) => line.rows.has('icc2'))) return null;
    return {
      columns: [
        { name: 'parameter', label: 'Parameter' },
        { name: 'session', label: 'Field' },
        { name: 'fitter', label: 'Fitter' },
        ...FORMS.map(([name, label]) => ({ name, label, digits: 4 })),
        { name: 'icc2_over_subjects', label: 'ICC(2,1), bootstrap', digits: 4 },
        { name: 'f', label: 'F' },
        { name: 'p', label: 'p', digits: 2 },
        { name: 'within_cv_percent', label: 'CV within (%)' },
        { name: 'repeatability', label: 'Repeatability', scaled: true },
        { name: 'mean_difference', label: 'Mean difference', scaled: true, digits: 2 },
        { name: 'lower_limit', label: 'Lower limit', scaled: true, digits: 2 },
        { name: 'upper_limit', label: 'Upper limit', scaled: true, digits: 2 },
      ],
      lines: lines.map((line) => ({
        scale: quantityOf(line.parameter).scale,
        values: [
          ...aboutLine(line),
          ...FORMS.map(([form]) => intervalOf(line, form)),
          intervalOf(line, 'icc2_bootstrap'),
          line.rows.get('f_two_way')?.value ?? null,
          line.rows.get('p_two_way')?.value ?? null,
          intervalOf(line, 'wcv_percent'),
          intervalOf(line, 'repeatability'),
          ...DIFFERENCES.map((name) => difference(rows, line, `bland_altman_${name}`)),
        ],
      })),
    };
  },
};
export default table;

/** Of the first pair of readers; with more than two, all pairs are in the table of everything. */
function difference(rows: readonly Row[], line: AgreementLine, metric: string): Interval | null {
  const { fitter, session, parameter } = line;
  const row = rows.find(
    (each) =>
      each.metric === metric &&
      each.method === fitter &&
      each.parameter === parameter &&
      each.factors.session === session,
  );
  return row ? { value: row.value, low: row.ciLow, high: row.ciHigh } : null;
}
